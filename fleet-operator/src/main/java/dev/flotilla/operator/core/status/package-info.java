/// What is reported of a cluster: conditions, counts and members, as a pure function of view and
/// plan.
///
/// Imports `java.*`, `core.plan`, `core.step`, `core.request`, `core.rule` for its words,
/// `core.view`, the pure packages of `topology` and `crds.condition`.
@NullMarked
package dev.flotilla.operator.core.status;

import org.jspecify.annotations.NullMarked;
