/// Everything the operator can do to the world, as inert records that the shell gives effect.
///
/// May import: `java.*`, JSpecify, the pure packages of `topology`, other packages of
/// `operator.core`.
@NullMarked
package dev.flotilla.operator.core.step;

import org.jspecify.annotations.NullMarked;
