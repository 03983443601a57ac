/// What a person asks the operator to do with members of a database, and what became of it.
///
/// Imports `crds.v1alpha1`, annotations of Jackson and of fabric8's generator, and fabric8's model.
@NullMarked
package dev.flotilla.crds.v1alpha1.operation;

import org.jspecify.annotations.NullMarked;
