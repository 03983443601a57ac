/// Where members go: how a pool is spread over its zones. Pure functions.
///
/// Imports `java.*` and `topology.model`.
@NullMarked
package dev.flotilla.topology.placement;

import org.jspecify.annotations.NullMarked;
