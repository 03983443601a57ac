/// Wiring by hand, configuration, health, metrics: the operator's process.
///
/// The one package that may import everything.
@NullMarked
package dev.flotilla.operator.app;

import org.jspecify.annotations.NullMarked;
