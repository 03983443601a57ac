package dev.flotilla.crds.v1alpha1.fleet;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.flotilla.crds.v1alpha1.WireForm;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/// Above how many removals within a while further ones are held.
///
/// Of a number and a percentage the larger one counts: a small fleet is not stopped by its second
/// removal, and a large one not by every tidying up.
///
/// @param clusters databases, 0 to 100,000
/// @param clustersPercent databases in percent of the fleet's, rounded down
/// @param members members of databases that stay, 0 to 1,000,000
/// @param membersPercent the same in percent of the fleet's, rounded down
/// @param windowSeconds the while, a minute to a day
@WireForm
public record BreakerSpec(
    @Min(0)
        @Max(100_000)
        @Default("" + BreakerSpec.CLUSTERS)
        @JsonPropertyDescription(
            """
            How many databases may be stopped within the window because they were deleted, 0 to \
            100000, unless clustersPercent gives more. The others wait, the oldest deletion goes \
            first. With 0 here and in clustersPercent no deleted database is stopped.\
            """)
        Integer clusters,
    @Min(0)
        @Max(100)
        @Default("" + BreakerSpec.CLUSTERS_PERCENT)
        @JsonPropertyDescription(
            """
            The same in percent of all databases, rounded down, 0 to 100. The larger of the two \
            counts.\
            """)
        Integer clustersPercent,
    @Min(0)
        @Max(1_000_000)
        @Default("" + BreakerSpec.MEMBERS)
        @JsonPropertyDescription(
            """
            How many members of databases that stay may be removed within the window, 0 to \
            1000000, unless membersPercent gives more.\
            """)
        Integer members,
    @Min(0)
        @Max(100)
        @Default("" + BreakerSpec.MEMBERS_PERCENT)
        @JsonPropertyDescription(
            """
            The same in percent of all members, rounded down, 0 to 100. The larger of the two \
            counts.\
            """)
        Integer membersPercent,
    @Min(60)
        @Max(86_400)
        @Default("" + BreakerSpec.WINDOW_SECONDS)
        @JsonPropertyDescription(
            """
            The window in seconds, from 60, a minute, to 86400, a day: a removal counts for so \
            long.\
            """)
        Integer windowSeconds) {

  static final int CLUSTERS = 20;
  static final int CLUSTERS_PERCENT = 2;
  static final int MEMBERS = 5;
  static final int MEMBERS_PERCENT = 10;
  static final int WINDOW_SECONDS = 600;

  static final BreakerSpec BUILT_IN =
      new BreakerSpec(CLUSTERS, CLUSTERS_PERCENT, MEMBERS, MEMBERS_PERCENT, WINDOW_SECONDS);

  public BreakerSpec {
    clusters = clusters == null ? CLUSTERS : clusters;
    clustersPercent = clustersPercent == null ? CLUSTERS_PERCENT : clustersPercent;
    members = members == null ? MEMBERS : members;
    membersPercent = membersPercent == null ? MEMBERS_PERCENT : membersPercent;
    windowSeconds = windowSeconds == null ? WINDOW_SECONDS : windowSeconds;
  }
}
