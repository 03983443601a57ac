package dev.flotilla.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;

/// One aspect of a resource's state, of the shape that `kubectl wait` understands.
///
/// The types and reasons are those of `crds.condition`; here they are texts, so that an operator
/// can read what a newer one has written.
///
/// @param type a condition type, unique within the list
/// @param status `True`, `False` or `Unknown`
/// @param observedGeneration the generation of the specification that was looked at
/// @param lastTransitionTime when the status last changed, to the second
/// @param reason a stable reason
/// @param message a sentence for people, at most 1 KiB
@WireForm
public record Condition(
    @Required
        @Size(max = 316)
        @JsonPropertyDescription("What the condition is about, for example Ready.")
        String type,
    @Required @JsonPropertyDescription("True, False, or Unknown if it could not be read.")
        ConditionStatus status,
    @JsonPropertyDescription("The generation of the specification that was looked at.")
        long observedGeneration,
    @Required
        @JsonFormat(shape = JsonFormat.Shape.STRING)
        @JsonPropertyDescription("When the status last changed.")
        Instant lastTransitionTime,
    @Required
        @Size(min = 1, max = 1024)
        @JsonPropertyDescription("Why, as one of the words of docs/reference/reasons.md.")
        String reason,
    @Required
        @Size(max = 1024)
        @JsonPropertyDescription("Why, as a sentence that ends with what can be done.")
        String message) {}
