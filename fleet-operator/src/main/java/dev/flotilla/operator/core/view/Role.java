package dev.flotilla.operator.core.view;

/// What a member does for its cluster.
public enum Role {
  /// Counted when the cluster elects and decides.
  VOTER,
  /// Holds shards.
  DATA
}
