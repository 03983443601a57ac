package dev.flotilla.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of one database, written by the operator alone.
///
/// @param observedGeneration the generation of the specification that was looked at; 0 for none
/// @param phase a word for people
/// @param summary the cells of `kubectl get`
/// @param engine what the engine says; absent until it has answered
/// @param instances members that exist
/// @param readyInstances members that have joined and serve
/// @param zones by name
/// @param members at most 300, by name
/// @param conditions all of `crds.condition`, by type
@WireForm
public record DatabaseClusterStatus(
    @JsonPropertyDescription(
            "The generation of the specification that the rest of the status speaks of.")
        long observedGeneration,
    @JsonPropertyDescription(
            "What the database is doing, as a word for people; scripts read the conditions.")
        String phase,
    @JsonPropertyDescription("The cells of the table that kubectl get prints.")
        @Nullable StatusSummary summary,
    @JsonPropertyDescription("What the engine says about itself and where clients find it.")
        @Nullable EngineStatus engine,
    @JsonPropertyDescription("How many members exist.") int instances,
    @JsonPropertyDescription("How many members have joined and serve.") int readyInstances,
    @JsonPropertyDescription("How many members each zone has.") List<ZoneStatus> zones,
    @JsonPropertyDescription("The members, at most 300 of them.") List<MemberStatus> members,
    @JsonPropertyDescription(
            """
            What holds and what does not. All conditions are present after the first pass; one \
            whose facts could not be read is Unknown.\
            """)
        List<Condition> conditions) {

  public DatabaseClusterStatus {
    phase = phase == null ? "" : phase;
    zones = zones == null ? List.of() : List.copyOf(zones);
    members = members == null ? List.of() : List.copyOf(members);
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }
}
