/// How members are emptied, in the words of `spec.drain` of a `DatabaseCluster` and of operations.
///
/// May import: `java.*`, JSpecify, Jackson's annotations, fabric8's generator annotations.
@NullMarked
package dev.flotilla.crds.v1alpha1.drain;

import org.jspecify.annotations.NullMarked;
