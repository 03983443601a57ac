/// Where members go: how a pool is spread over its zones, and who goes when there are too many.
/// Pure functions.
///
/// Imports `java.*` and `topology.model`.
@NullMarked
package dev.flotilla.topology.placement;

import org.jspecify.annotations.NullMarked;
