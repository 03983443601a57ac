package dev.flotilla.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/// Over which zones the members are spread.
///
/// @param zones at least three, in the user's order
/// @param awareness what happens to the copies of a zone that is lost
@ValidationRule(
    value =
        """
        [0, 1, 2, 3, 4, 5, 6, 7, 8]\
        .filter(i, i < size(self.zones) && self.zones.indexOf(self.zones[i]) == i).size() >= 3\
        """,
    fieldPath = ".zones",
    message =
        "has fewer than 3 different zones, and losing one of two can take the majority of the"
            + " voters with it: name at least three zones that have nodes")
@ValidationRule(
    value = "self.zones.all(z, z.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$'))",
    fieldPath = ".zones",
    message =
        "is part of the names of pods and may hold lower-case letters, digits and '-' only: write"
            + " each zone as in the node label topology.kubernetes.io/zone")
@WireForm
public record TopologySpec(
    @Required
        @Size(max = 9)
        @JsonPropertyDescription(
            """
            The zones over which members are spread evenly, 3 to 9 different ones, named as in the \
            node label topology.kubernetes.io/zone. A member is made for one zone and stays in it. \
            As long as no node carries one of the names, nothing new is created and the condition \
            ZonesSatisfied says which.\
            """)
        List<@Size(max = 30) String> zones,
    @Default("\"Forced\"")
        @JsonPropertyDescription(
            """
            What happens to the copies of a zone that is lost. Forced: they wait for their zone, \
            so the zones that are left do not have to hold everything. Unforced: they are made \
            again in the zones that are left.\
            """)
        Awareness awareness) {

  public TopologySpec {
    zones = zones == null ? List.of() : List.copyOf(zones);
    awareness = awareness == null ? Awareness.FORCED : awareness;
  }
}
