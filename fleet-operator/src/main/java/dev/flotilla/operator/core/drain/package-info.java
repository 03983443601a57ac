/// Drains: the rules that begin them and take them further or back, one step at a time, and the
/// gate for who is not emptied.
///
/// [dev.flotilla.operator.core.drain.DrainRules] lists them in order. Imports `java.*`,
/// `core.effect`, `core.gate`, `core.request`, `core.rule`, `core.step`, `core.view`, the pure
/// packages of `topology` and `crds.condition`.
@NullMarked
package dev.flotilla.operator.core.drain;

import org.jspecify.annotations.NullMarked;
