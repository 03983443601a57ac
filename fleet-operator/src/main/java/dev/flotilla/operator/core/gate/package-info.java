/// Gates: each may veto a step, with a reason that users see and the event that wakes the next try.
///
/// May import: `java.*`, JSpecify, the pure packages of `topology`, other packages of
/// `operator.core`.
@NullMarked
package dev.flotilla.operator.core.gate;

import org.jspecify.annotations.NullMarked;
