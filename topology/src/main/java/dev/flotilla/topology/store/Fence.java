package dev.flotilla.topology.store;

import dev.flotilla.topology.model.Epoch;

/// On whose authority a transaction is carried out: the store refuses it once the lease was granted
/// to somebody else.
///
/// @param epoch that came with the lease
public record Fence(LeaseName lease, Epoch epoch) {}
