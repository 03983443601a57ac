/// What one pass has seen, as one immutable value; unknown is a case of its own.
///
/// May import: `java.*`, JSpecify, the pure packages of `topology`, other packages of
/// `operator.core`.
@NullMarked
package dev.flotilla.operator.core.view;

import org.jspecify.annotations.NullMarked;
