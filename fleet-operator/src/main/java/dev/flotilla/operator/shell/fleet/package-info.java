/// The accounts of what all databases do together: who is removed, who is disrupted, who was given
/// up.
///
/// Imports `java.*`, `core`, `port` and `topology`.
@NullMarked
package dev.flotilla.operator.shell.fleet;

import org.jspecify.annotations.NullMarked;
