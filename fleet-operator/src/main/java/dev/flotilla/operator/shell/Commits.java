package dev.flotilla.operator.shell;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.step.Hold;
import dev.flotilla.topology.lifecycle.DrainRecord;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.Epoch;
import dev.flotilla.topology.model.MemberRecord;
import dev.flotilla.topology.model.Revision;
import dev.flotilla.topology.store.CommitResult;
import java.util.List;
import java.util.Optional;

/// Commits what steps record of a cluster. One without a clear yes makes the record be read again
/// before anything else is planned.
final class Commits {

  private final MemberBook book;
  private final Rosters rosters;

  Commits(MemberBook book, Rosters rosters) {
    this.book = book;
    this.rosters = rosters;
  }

  /// @param expected the revision that the decision was made on
  Outcome commit(
      ClusterRef cluster,
      Epoch epoch,
      Revision expected,
      List<MemberRecord> members,
      List<DrainRecord> drains) {
    var result = book.record(cluster, epoch, expected, members, drains);
    if (!(result instanceof CommitResult.Applied)) {
      rosters.doubt(cluster);
    }
    return switch (result) {
      case CommitResult.Applied applied -> new Outcome.Done();
      case CommitResult.Rejected rejected -> new Outcome.Outdated();
      case CommitResult.Unconfirmed(var why) ->
          new Outcome.Unconfirmed(
              new Hold(
                  "Commit",
                  Reason.STORE_UNREACHABLE,
                  Optional.empty(),
                  "Whether the members were recorded is not known: %s.".formatted(why)));
    };
  }
}
