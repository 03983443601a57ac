package dev.flotilla.crds.v1alpha1.drain;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/// How members are emptied because there shall be fewer.
///
/// @param timeoutSeconds how long a drain may take, 60 s to a week
/// @param onTimeout what is done with it then
/// @param maxConcurrentDrains members of one zone that are emptied at the same time, 1 to 16
/// @param foreignExcludes what is done about entries of others that keep data off members
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record DrainSpec(
    @Min(DrainSpec.MIN_TIMEOUT_SECONDS)
        @Max(DrainSpec.MAX_TIMEOUT_SECONDS)
        @Default("" + DrainSpec.TIMEOUT_SECONDS)
        @JsonPropertyDescription(
            """
            How long the drain of a member may take if it was begun because the pool has too many, \
            60 s to a week (604800). A drain that runs keeps the time that it was begun with; an \
            operation has a time of its own.\
            """)
        Integer timeoutSeconds,
    @Default("\"Cancel\"")
        @JsonPropertyDescription(
            """
            What is done with such a drain when its time is over. Cancel: it is taken back, and \
            the member serves as before. Hold: it stays as it is and says so until it is done or a \
            person decides. Nothing is ever forced.\
            """)
        OnTimeout onTimeout,
    @Min(1)
        @Max(DrainSpec.MOST_TOGETHER)
        @Default("" + DrainSpec.TOGETHER)
        @JsonPropertyDescription(
            """
            How many members are emptied at the same time, 1 to 16, whoever wants it. They are all \
            of one zone. What has begun goes on when the number becomes smaller.\
            """)
        Integer maxConcurrentDrains,
    @Default("\"Report\"")
        @JsonPropertyDescription(
            """
            What is done about an entry of the engine's settings that keeps data off a member and \
            that no drain of the operator explains: an address that a new pod was given, a name \
            that somebody forgot. Report: a condition names entry and member. Reclaim: the entry is \
            taken away if it names just this member, which serves and is not to leave; all other \
            entries stay as they are.\
            """)
        ForeignExcludes foreignExcludes) {

  /// The shortest time that a drain may be given, in seconds.
  public static final int MIN_TIMEOUT_SECONDS = 60;

  /// The longest, a week.
  public static final int MAX_TIMEOUT_SECONDS = 604_800;

  /// The most members that may be emptied at the same time.
  public static final int MOST_TOGETHER = 16;

  static final int TIMEOUT_SECONDS = 7200;
  static final int TOGETHER = 2;

  /// What holds where nothing is written: the defaults of all fields.
  public static final DrainSpec BUILT_IN =
      new DrainSpec(TIMEOUT_SECONDS, OnTimeout.CANCEL, TOGETHER, ForeignExcludes.REPORT);

  public DrainSpec {
    timeoutSeconds = timeoutSeconds == null ? TIMEOUT_SECONDS : timeoutSeconds;
    onTimeout = onTimeout == null ? OnTimeout.CANCEL : onTimeout;
    maxConcurrentDrains = maxConcurrentDrains == null ? TOGETHER : maxConcurrentDrains;
    foreignExcludes = foreignExcludes == null ? ForeignExcludes.REPORT : foreignExcludes;
  }
}
