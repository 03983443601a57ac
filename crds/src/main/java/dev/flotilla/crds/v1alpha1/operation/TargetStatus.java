package dev.flotilla.crds.v1alpha1.operation;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.flotilla.crds.v1alpha1.WireForm;
import io.fabric8.generator.annotation.Required;

/// What became of one member.
///
/// @param name of the member
/// @param state how far it is
/// @param volume its volume claim, which is kept
@WireForm
public record TargetStatus(
    @Required @JsonPropertyDescription("The member's name.") String name,
    @JsonPropertyDescription(
            """
            How far it is: Waiting, Preparing (a new member is being made in its place), Draining, \
            Cancelling, Removing, Removed, Restarting, Restarted, or Kept if it was taken back.\
            """)
        String state,
    @JsonPropertyDescription("Its volume claim, which is kept when the member goes.")
        String volume) {}
