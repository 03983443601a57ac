/// What a step does to members, as far as gates, the planner and the shell have to know: who grows,
/// who leaves, what is disrupted, and which errands an operator may run.
///
/// Imports `java.*`, `core.step`, `core.view`, the pure packages of `topology` and
/// `crds.condition`.
@NullMarked
package dev.flotilla.operator.core.effect;

import org.jspecify.annotations.NullMarked;
