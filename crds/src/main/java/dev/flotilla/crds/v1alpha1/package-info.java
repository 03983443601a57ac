/// The custom resources of API group `flotilla.dev`, version `v1alpha1`: the public surface.
///
/// Shape and validation only, no logic. May import: `java.*`, JSpecify, fabric8's model and its
/// generator annotations, `crds.condition`.
@NullMarked
package dev.flotilla.crds.v1alpha1;

import org.jspecify.annotations.NullMarked;
