package dev.flotilla.crds.v1alpha1.drain;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What is done about an entry of the engine's settings that keeps data off a member and that no
/// drain of the operator explains.
public enum ForeignExcludes {
  /// It is named, and left as it is.
  @JsonProperty("Report")
  REPORT,

  /// It is taken away if it names just one member, which serves and is not to leave.
  @JsonProperty("Reclaim")
  RECLAIM
}
