/// From a view to a plan: the planner, its result, and how a plan is printed.
///
/// Imports `java.*`, the other core packages, the pure packages of `topology` and `crds.condition`.
@NullMarked
package dev.flotilla.operator.core.plan;

import org.jspecify.annotations.NullMarked;
