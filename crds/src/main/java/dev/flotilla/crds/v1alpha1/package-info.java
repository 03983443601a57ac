/// The custom resources of API group `flotilla.dev`, version `v1alpha1`: the public surface.
///
/// Shape, description and validation only, no logic. The manifests in `META-INF/fabric8` are
/// generated from these types; descriptions are what `kubectl explain` prints.
///
/// Every record tolerates what the API server may hold from before a rule existed: an absent list
/// reads as empty, an absent required text as the empty text. None of them throws, because one
/// unreadable object would blind the operator to all others.
///
/// May import: `java.*`, JSpecify, Jackson's annotations, fabric8's model and generator
/// annotations, `crds.condition`.
@NullMarked
package dev.flotilla.crds.v1alpha1;

import org.jspecify.annotations.NullMarked;
