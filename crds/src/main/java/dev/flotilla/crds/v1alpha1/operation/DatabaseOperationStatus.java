package dev.flotilla.crds.v1alpha1.operation;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.flotilla.crds.v1alpha1.Condition;
import dev.flotilla.crds.v1alpha1.WireForm;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of one operation, written by the operator alone.
///
/// @param observedGeneration the generation of the specification that was looked at
/// @param phase a word for people
/// @param outcome how it ended; absent as long as it has not, and never changed afterwards
/// @param reason the reason that matters most
/// @param message what it waits for, or how it ended, as a sentence
/// @param target the members in one cell of a table
/// @param progress absent while nothing moves
/// @param members by name
/// @param conditions Accepted, Settled, Progressing and Stalled
@WireForm
public record DatabaseOperationStatus(
    @JsonPropertyDescription(
            "The generation of the specification that the rest of the status speaks of.")
        long observedGeneration,
    @JsonPropertyDescription(
            """
            How far it is, as a word for people: Waiting, Preparing, Draining, Cancelling, \
            Removing, Restarting or Ended.\
            """)
        String phase,
    @JsonPropertyDescription(
            """
            How it ended: Drained, Restarted, Replaced, Cancelled, TimedOut, Infeasible or \
            Failed. Absent as long as it has not ended; never changed once it is there.\
            """)
        @Nullable String outcome,
    @JsonPropertyDescription(
            "The reason that matters most, as one of the words of docs/reference/reasons.md.")
        String reason,
    @JsonPropertyDescription("What it waits for, or how it ended, as a sentence.") String message,
    @JsonPropertyDescription("The members, in one cell of the table that kubectl get prints.")
        String target,
    @JsonPropertyDescription("How much is left to be moved; absent while nothing moves.")
        @Nullable ProgressStatus progress,
    @JsonPropertyDescription("What became of each member.") List<TargetStatus> members,
    @JsonPropertyDescription(
            """
            What holds and what does not: Accepted, Settled (it has ended), Progressing and \
            Stalled (a person has to act).\
            """)
        List<Condition> conditions) {

  public DatabaseOperationStatus {
    phase = phase == null ? "" : phase;
    reason = reason == null ? "" : reason;
    message = message == null ? "" : message;
    target = target == null ? "" : target;
    members = members == null ? List.of() : List.copyOf(members);
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }
}
