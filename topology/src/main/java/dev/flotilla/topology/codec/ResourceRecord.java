package dev.flotilla.topology.codec;

import dev.flotilla.topology.model.ClusterRef;

/// For which resource the members of a cluster are recorded: one that is deleted and applied again
/// has another uid, and its members are found anew.
public record ResourceRecord(ClusterRef cluster, String uid) {}
