package dev.flotilla.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/// Whether a condition holds.
public enum ConditionStatus {
  /// It holds.
  @JsonProperty("True")
  TRUE,

  /// It does not hold.
  @JsonProperty("False")
  FALSE,

  /// The facts could not be read.
  @JsonProperty("Unknown")
  UNKNOWN
}
