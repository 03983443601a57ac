package dev.flotilla.crds.v1alpha1.operation;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What is asked for.
public enum OperationType {
  /// The named members are emptied, and then they go.
  @JsonProperty("Drain")
  DRAIN,

  /// The named members are stopped and started again on their volumes, one after the other; all of
  /// them if none is named.
  @JsonProperty("Restart")
  RESTART,

  /// For each of the named members a new one is made in its zone and joins; then the named one is
  /// emptied and goes, one after the other.
  @JsonProperty("Replace")
  REPLACE
}
