package dev.flotilla.crds.v1alpha1.operation;

import com.fasterxml.jackson.annotation.JsonProperty;

/// Which protection a person sets aside for one member.
public enum OverrideKind {
  /// The member goes without being emptied: nobody waits for what only it has.
  @JsonProperty("SkipDrain")
  SKIP_DRAIN
}
