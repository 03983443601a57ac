/// What must be true before a step may be taken: one gate for each danger, each a pure function
/// that may veto.
///
/// [dev.flotilla.operator.core.gate.Gates] lists them in order. Imports `java.*`, `core.step`,
/// `core.view`, `core.rule` for its words, the pure packages of `topology` and `crds.condition`.
@NullMarked
package dev.flotilla.operator.core.gate;

import org.jspecify.annotations.NullMarked;
