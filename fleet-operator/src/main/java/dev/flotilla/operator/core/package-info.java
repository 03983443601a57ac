/// The planner: a pure function from what was seen to what may be done next.
///
/// May import: `java.*`, JSpecify, the pure packages of `topology`, other packages of
/// `operator.core`.
@NullMarked
package dev.flotilla.operator.core;

import org.jspecify.annotations.NullMarked;
