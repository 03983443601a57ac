package dev.flotilla.crds.v1alpha1.fleet;

import com.fasterxml.jackson.annotation.JsonProperty;

/// A disruption that the operator may choose to make, as opposed to one that befalls a database.
public enum DisruptionKind {
  /// A member's data is moved off it, and the member goes.
  @JsonProperty("Drain")
  DRAIN,

  /// A member is stopped and started again on its volume.
  @JsonProperty("Restart")
  RESTART,

  /// A member gives way to a new one.
  @JsonProperty("Replace")
  REPLACE,

  /// Data is moved between members that stay.
  @JsonProperty("Rebalance")
  REBALANCE
}
