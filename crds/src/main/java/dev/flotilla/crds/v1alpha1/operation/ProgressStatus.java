package dev.flotilla.crds.v1alpha1.operation;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.flotilla.crds.v1alpha1.WireForm;
import io.fabric8.generator.annotation.Required;
import java.time.Instant;

/// How much is left to be moved, as the engine counts it. Written at most every ten seconds.
///
/// @param observedAt when that was written
/// @param copiesTotal the most that was ever left
/// @param copiesLeft copies of shards on the members that drain
/// @param bytesTotal the most that was ever left
/// @param bytesLeft of them, an estimate
/// @param done of the copies, for example `51%`
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
    @JsonPropertyDescription("The part of the copies that has left, for example 51%.")
        String done) {}
