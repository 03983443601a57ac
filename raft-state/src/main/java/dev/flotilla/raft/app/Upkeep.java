package dev.flotilla.raft.app;

import dev.flotilla.raft.ratis.Membership.Members;
import dev.flotilla.raft.ratis.VoterId;
import java.util.Optional;
import java.util.SortedSet;

/// What is to be done for a voter that has started, by the record of voters.
sealed interface Upkeep {

  /// All is as the record says.
  record Nothing() implements Upkeep {}

  /// It is no voter any more: another one of its zone took its place.
  record Replace(VoterId by) implements Upkeep {}

  /// Others vote than should.
  record Change(SortedSet<VoterId> wanted) implements Upkeep {}

  /// How a voter is.
  ///
  /// @param leads whether it leads, and nobody else can
  /// @param members who votes and who listens, as far as it knows
  record Condition(VoterId self, boolean leads, Optional<Members> members) {}

  /// Only who leads changes anything for all, so that there is one that does.
  static Upkeep of(VoterRecord record, Condition condition) {
    var newest = record.voter(condition.self().zone());
    if (newest.isPresent() && !newest.get().equals(condition.self())) {
      return new Replace(newest.get());
    }
    if (!condition.leads()) {
      return new Nothing();
    }
    return condition.members().filter(members -> !members.are(record.voters())).isPresent()
        ? new Change(record.voters())
        : new Nothing();
  }
}
