package dev.flotilla.operator.core.view;

import dev.flotilla.topology.model.PoolName;
import java.util.Optional;

/// The `DatabasePool` that the operator made for one pool.
///
/// @param uid owner reference of the pool's pods
/// @param instances what its scale says
/// @param foreignWriter who last set the scale if it was not the operator
public record PoolView(PoolName name, String uid, int instances, Optional<String> foreignWriter) {}
