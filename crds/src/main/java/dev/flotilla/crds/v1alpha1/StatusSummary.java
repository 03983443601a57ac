package dev.flotilla.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/// The cells of the table that `kubectl get` prints; nothing decides by them.
///
/// @param members ready and wanted members, for example `5/6`
/// @param zones ready members by zone, for example `a2 b2 c1`
/// @param reason the reason that matters most
@WireForm
public record StatusSummary(
    @JsonPropertyDescription("Ready and wanted members, for example 5/6.") String members,
    @JsonPropertyDescription("Ready members by zone, for example a2 b2 c1.") String zones,
    @JsonPropertyDescription(
            "The reason that matters most, as one of the words of docs/reference/reasons.md.")
        String reason) {

  public StatusSummary {
    members = members == null ? "" : members;
    zones = zones == null ? "" : zones;
    reason = reason == null ? "" : reason;
  }
}
