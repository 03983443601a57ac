/// The plan of one pass: steps, holds and the time to wake.
///
/// May import: `java.*`, JSpecify, the pure packages of `topology`, other packages of
/// `operator.core`.
@NullMarked
package dev.flotilla.operator.core.plan;

import org.jspecify.annotations.NullMarked;
