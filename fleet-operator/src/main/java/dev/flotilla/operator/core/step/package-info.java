/// Everything that the operator can do to the world, as inert values: the shell gives them effect.
///
/// Imports `java.*`, `core.object`, `core.view`, the pure packages of `topology` and
/// `crds.condition`.
@NullMarked
package dev.flotilla.operator.core.step;

import org.jspecify.annotations.NullMarked;
