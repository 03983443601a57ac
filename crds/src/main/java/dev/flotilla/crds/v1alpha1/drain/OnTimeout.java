package dev.flotilla.crds.v1alpha1.drain;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What is done with a drain or an operation whose time is over. It never goes on by force.
public enum OnTimeout {
  /// It says so; what was begun may still come to its end, and nothing more is begun.
  @JsonProperty("Hold")
  HOLD,

  /// It is taken back.
  @JsonProperty("Cancel")
  CANCEL
}
