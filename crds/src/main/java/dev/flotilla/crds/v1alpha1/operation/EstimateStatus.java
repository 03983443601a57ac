package dev.flotilla.crds.v1alpha1.operation;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.flotilla.crds.v1alpha1.WireForm;
import io.fabric8.generator.annotation.Required;
import java.time.Instant;

/// When everything will have moved, at the pace of the last minutes.
///
/// @param bytesPerSecond that pace
/// @param endsAt when nothing is left
/// @param earliest at the highest pace that was seen lately
/// @param latest at the lowest
@WireForm
public record EstimateStatus(
    @JsonPropertyDescription("The pace of the last minutes, in bytes a second.")
        long bytesPerSecond,
    @Required
        @JsonFormat(shape = JsonFormat.Shape.STRING)
        @JsonPropertyDescription("When nothing is left at that pace.")
        Instant endsAt,
    @Required
        @JsonFormat(shape = JsonFormat.Shape.STRING)
        @JsonPropertyDescription("The same at the highest pace that was seen lately.")
        Instant earliest,
    @Required
        @JsonFormat(shape = JsonFormat.Shape.STRING)
        @JsonPropertyDescription("The same at the lowest pace that was seen lately.")
        Instant latest) {}
