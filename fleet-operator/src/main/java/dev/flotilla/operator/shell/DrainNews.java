package dev.flotilla.operator.shell;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.topology.lifecycle.DrainOutcome;
import dev.flotilla.topology.lifecycle.DrainRecord;
import dev.flotilla.topology.lifecycle.DrainState;
import dev.flotilla.topology.model.MemberName;
import java.util.Optional;

/// What people are told of a drain when it was recorded: that it began, that it is taken back, and
/// how it ended. So there are two or three events for each drain, however long it takes.
///
/// Source: UX-21 in docs/requirements.md
///
/// @param message one sentence
record DrainNews(Reason reason, String message) {

  /// What a record says that was not said before; empty if it only takes note of something.
  static Optional<DrainNews> of(DrainRecord drain) {
    var member = drain.member();
    if (drain.purpose() instanceof DrainRecord.Purpose.Reclaim reclaim) {
      return of(member, reclaim, drain);
    }
    return switch (drain.state()) {
      case DrainState.Running running when drain.abandoned().isPresent() ->
          news(
              Reason.DRAIN_SKIPPED,
              "Member %s is given up with all that it has, because a person named its body %s in operation %s."
                  .formatted(member, drain.abandoned().get(), operation(drain)));
      case DrainState.Running running ->
          news(
              Reason.DRAINING,
              "Member %s is being emptied, and goes when it is.".formatted(member));
      case DrainState.Cancelling(var why) when !drain.owned().isEmpty() ->
          news(
              Reason.DRAIN_UNDONE,
              "The drain of member %s is taken back: %s.".formatted(member, words(why)));
      case DrainState.Cancelling released -> Optional.empty();
      case DrainState.Removing removing -> Optional.empty();
      case DrainState.Ended(DrainOutcome.Drained drained) when drain.abandoned().isPresent() ->
          news(Reason.DRAIN_SKIPPED, "Member %s has gone without being emptied.".formatted(member));
      case DrainState.Ended(DrainOutcome.Drained drained) ->
          news(Reason.DRAINING, "Member %s was empty and has gone.".formatted(member));
      case DrainState.Ended(DrainOutcome.Undone why) ->
          news(
              Reason.DRAIN_UNDONE,
              "Member %s stays, and its drain has left nothing behind: %s."
                  .formatted(member, words(why)));
    };
  }

  /// Somebody's entry is taken away: it can be written again from what is said here.
  private static Optional<DrainNews> of(
      MemberName member, DrainRecord.Purpose.Reclaim reclaim, DrainRecord drain) {
    return drain.owned().isEmpty()
        ? Optional.empty()
        : news(
            Reason.FOREIGN_MARK,
            "Entry %s of the engine's setting %s keeps data off member %s, and no drain explains it. It is taken away, because spec.drain.foreignExcludes is Reclaim."
                .formatted(reclaim.entry(), reclaim.setting(), member));
  }

  private static String operation(DrainRecord drain) {
    return drain.purpose() instanceof DrainRecord.Purpose.Request(var operation, var abandoned)
        ? operation
        : "";
  }

  private static Optional<DrainNews> news(Reason reason, String message) {
    return Optional.of(new DrainNews(reason, message));
  }

  private static String words(DrainOutcome.Undone why) {
    return switch (why) {
      case CANCELLED -> "a person wants to keep it";
      case SUPERSEDED -> "it is needed again";
      case TIMED_OUT -> "its time was over";
      case INFEASIBLE -> "what it holds has no other place";
    };
  }
}
