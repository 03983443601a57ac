package dev.flotilla.operator.core.status;

import dev.flotilla.crds.condition.ConditionType;
import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.estimate.Outlook;
import dev.flotilla.operator.core.request.Ending;
import dev.flotilla.operator.core.request.Fate;
import dev.flotilla.operator.core.status.StatusReport.Condition;
import java.util.List;
import java.util.Optional;

/// Everything that status says of one operation.
///
/// @param name of the resource
/// @param uid of the resource
/// @param generation of the specification that was looked at
/// @param phase how far it is
/// @param ending how it ended; empty as long as it has not
/// @param reason that matters most
/// @param message what it waits for, or how it ended
/// @param left what is still to be moved; empty while nothing moves, or nobody knows
/// @param members in its order
/// @param conditions Accepted, Settled, Progressing and Stalled
public record OperationReport(
    String name,
    String uid,
    long generation,
    Phase phase,
    Optional<Ending> ending,
    Reason reason,
    String message,
    Optional<Left> left,
    List<Target> members,
    List<Condition> conditions) {

  /// The conditions that an operation has, in their order.
  static final List<ConditionType> CONDITIONS =
      List.of(
          ConditionType.ACCEPTED,
          ConditionType.SETTLED,
          ConditionType.PROGRESSING,
          ConditionType.STALLED);

  public OperationReport {
    members = List.copyOf(members);
    conditions = List.copyOf(conditions);
  }

  /// How far it is, as one word.
  public enum Phase {
    /// Nothing moves yet.
    WAITING,
    /// A new member is being made that is to take another one's place.
    PREPARING,
    /// Data is moving away.
    DRAINING,
    /// It is being taken back.
    CANCELLING,
    /// A member was given up and is going.
    REMOVING,
    /// A member's pod is being made anew.
    RESTARTING,
    /// It is over.
    ENDED
  }

  /// What is still to be moved.
  ///
  /// @param copies of shards
  /// @param bytes an estimate; 0 if the members did not say
  /// @param outlook when that is over
  public record Left(long copies, long bytes, Outlook outlook) {

    /// Of two members together: it is over when both are, and stands still only if both do.
    Left and(Left other) {
      return new Left(copies + other.copies, bytes + other.bytes, later(outlook, other.outlook));
    }

    private static Outlook later(Outlook one, Outlook two) {
      if (one instanceof Outlook.Ends(var rate, var at, var earliest, var latest)) {
        return two instanceof Outlook.Ends ends && ends.at().isAfter(at) ? two : one;
      }
      return two instanceof Outlook.Ends || one instanceof Outlook.Stalled ? two : one;
    }
  }

  /// One of its members.
  public record Target(String name, Fate fate) {}
}
