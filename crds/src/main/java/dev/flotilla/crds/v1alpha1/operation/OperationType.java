package dev.flotilla.crds.v1alpha1.operation;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What is asked for.
public enum OperationType {
  /// The named members are emptied, and then they go.
  @JsonProperty("Drain")
  DRAIN
}
