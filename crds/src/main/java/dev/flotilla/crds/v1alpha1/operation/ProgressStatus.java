package dev.flotilla.crds.v1alpha1.operation;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.flotilla.crds.v1alpha1.WireForm;
import io.fabric8.generator.annotation.Required;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How much is left to be moved, as the engine counts it. Written at most every ten seconds.
///
/// @param observedAt when that was written
/// @param copiesTotal the most that was ever left
/// @param copiesLeft copies of shards on the members that drain
/// @param bytesTotal the most that was ever left
/// @param bytesLeft of them, an estimate
/// @param done of the copies, for example `51%`
/// @param estimate absent as long as nobody can say, and while nothing moves
/// @param stalledSince when something moved last; absent if that was lately
@WireForm
public record ProgressStatus(
    @Required
        @JsonFormat(shape = JsonFormat.Shape.STRING)
        @JsonPropertyDescription("When this was written.")
        Instant observedAt,
    @JsonPropertyDescription("The most copies that were ever left.") long copiesTotal,
    @JsonPropertyDescription("Copies of shards that are still on the members that drain.")
        long copiesLeft,
    @JsonPropertyDescription("The most bytes that were ever left.") long bytesTotal,
    @JsonPropertyDescription("Bytes that are still to be moved, an estimate.") long bytesLeft,
    @JsonPropertyDescription("The part of the copies that has left, for example 51%.") String done,
    @JsonPropertyDescription(
            """
            When all will have moved. Absent for the first minute, before a fiftieth has moved, \
            and while nothing moves.\
            """)
        @Nullable EstimateStatus estimate,
    @JsonFormat(shape = JsonFormat.Shape.STRING)
        @JsonPropertyDescription(
            "Since when nothing has moved; absent if something did within two minutes.")
        @Nullable Instant stalledSince) {}
