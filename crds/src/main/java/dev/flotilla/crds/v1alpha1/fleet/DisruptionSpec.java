package dev.flotilla.crds.v1alpha1.fleet;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.flotilla.crds.v1alpha1.WireForm;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/// How much may be disrupted on purpose at the same time.
///
/// @param maxClusters databases at the same time, 0 to 100,000
/// @param oneZoneAtATime whether all of it is kept within one zone
/// @param allowed kinds; never empty
@WireForm
public record DisruptionSpec(
    @Min(0)
        @Max(100_000)
        @Default("" + DisruptionSpec.MAX_CLUSTERS)
        @JsonPropertyDescription(
            """
            How many databases may be disrupted on purpose at the same time, 0 to 100000. With 0 \
            nothing is disrupted on purpose.\
            """)
        Integer maxClusters,
    @Default("true")
        @JsonPropertyDescription(
            """
            Whether the members that are disrupted on purpose at the same time all belong to one \
            zone, so that a zone that is lost meanwhile meets databases that are whole.\
            """)
        Boolean oneZoneAtATime,
    @Size(min = 1, max = 4)
        @Default("[\"Drain\", \"Restart\", \"Replace\", \"Rebalance\"]")
        @JsonPropertyDescription(
            """
            What may be done on purpose at all. Drain: data is moved off a member, and the member \
            goes. Restart: a member is stopped and started again. Replace: a member gives way to \
            a new one. Rebalance: data is moved between members that stay. If absent, all.\
            """)
        List<DisruptionKind> allowed) {

  static final int MAX_CLUSTERS = 20;

  static final DisruptionSpec BUILT_IN =
      new DisruptionSpec(MAX_CLUSTERS, true, List.of(DisruptionKind.values()));

  public DisruptionSpec {
    maxClusters = maxClusters == null ? MAX_CLUSTERS : maxClusters;
    oneZoneAtATime = oneZoneAtATime == null || oneZoneAtATime;
    allowed =
        allowed == null || allowed.isEmpty()
            ? List.of(DisruptionKind.values())
            : List.copyOf(allowed);
  }
}
