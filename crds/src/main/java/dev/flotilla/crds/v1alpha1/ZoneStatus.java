package dev.flotilla.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/// How many members a zone has.
///
/// @param name the zone
/// @param instances members that exist in the zone
/// @param ready members that have joined and serve
@WireForm
public record ZoneStatus(
    @Required @JsonPropertyDescription("The zone.") String name,
    @JsonPropertyDescription("How many members exist in the zone.") int instances,
    @JsonPropertyDescription("How many members of the zone have joined and serve.") int ready) {

  public ZoneStatus {
    name = name == null ? "" : name;
  }
}
