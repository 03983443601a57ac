package dev.flotilla.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What the members of a pool do for their cluster.
public enum PoolRole {
  /// Counted when the cluster elects and decides.
  @JsonProperty("Voter")
  VOTER,

  /// Holds shards.
  @JsonProperty("Data")
  DATA
}
