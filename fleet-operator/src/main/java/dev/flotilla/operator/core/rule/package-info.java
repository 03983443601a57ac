/// What should be done: one rule for each concern, each a pure function from the view to steps.
///
/// [dev.flotilla.operator.core.rule.Rules] lists them in order. A rule does not ask whether its
/// step is safe now: gates do. Imports `java.*`, `core.object`, `core.step`, `core.view`, the pure
/// packages of `topology` and `crds.condition`.
@NullMarked
package dev.flotilla.operator.core.rule;

import org.jspecify.annotations.NullMarked;
