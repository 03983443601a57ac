/// What the shell asks of the world, in our own records: cluster, engine, clock, telemetry.
///
/// May import: `java.*`, JSpecify, `topology`, `operator.core`. No library's type crosses a port.
@NullMarked
package dev.flotilla.operator.port;

import org.jspecify.annotations.NullMarked;
