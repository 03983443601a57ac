package dev.flotilla.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What happens to the copies of a zone that is lost.
public enum Awareness {
  /// They wait for their zone.
  @JsonProperty("Forced")
  FORCED,

  /// They are made again in the zones that are left.
  @JsonProperty("Unforced")
  UNFORCED
}
