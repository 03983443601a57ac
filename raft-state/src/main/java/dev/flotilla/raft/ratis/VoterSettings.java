package dev.flotilla.raft.ratis;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;

/// What a voter is told at its start.
///
/// @param group the store's identity, the same for all its voters
/// @param self which voter this is
/// @param voters all of them as the group is founded or joined, this one among them; a group that
///   exists knows its own
/// @param directory on a disk of its own, where log, votes and snapshots are kept
/// @param host on which it listens for other voters
/// @param port on which it listens for other voters
/// @param reserve bytes that stay free on its disk: with fewer it stops
/// @param election the shortest time without a leader's word after which a voter stands for
///   election; the longest is twice that
public record VoterSettings(
    UUID group,
    VoterId self,
    SortedSet<VoterId> voters,
    Path directory,
    String host,
    int port,
    long reserve,
    Duration election) {

  public VoterSettings {
    voters = Collections.unmodifiableSortedSet(new TreeSet<>(voters));
    if (!voters.contains(self)) {
      throw new IllegalArgumentException("voter %s is not among %s".formatted(self, voters));
    }
  }

  /// The longest time without a leader's word after which a voter stands for election.
  Duration longestElection() {
    return election.multipliedBy(2);
  }
}
