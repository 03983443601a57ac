package dev.flotilla.raft.ratis;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
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
/// @param place where it listens for other voters
/// @param reserve bytes that stay free on its disk: with fewer it stops
/// @param election the shortest time without a leader's word after which a voter stands for
///   election; the longest is twice that
/// @param tls how voters know each other; empty only where nobody else can reach them, as in tests
public record VoterSettings(
    UUID group,
    VoterId self,
    SortedSet<VoterId> voters,
    Path directory,
    InetSocketAddress place,
    long reserve,
    Duration election,
    Optional<PeerTls> tls) {

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
