/// Conditions, events and figures made of view, plan and outcomes; status never decides.
///
/// May import: `java.*`, JSpecify, the pure packages of `topology`, other packages of
/// `operator.core`.
@NullMarked
package dev.flotilla.operator.core.status;

import org.jspecify.annotations.NullMarked;
