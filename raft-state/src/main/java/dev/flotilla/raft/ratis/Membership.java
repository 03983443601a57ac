package dev.flotilla.raft.ratis;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.ratis.proto.RaftProtos.RaftPeerRole;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.SetConfigurationRequest;
import org.apache.ratis.protocol.SetConfigurationRequest.Arguments;
import org.apache.ratis.server.RaftConfiguration;

/// Who votes, and how that is changed: one voter at a time, each step compared with what was there
/// before. A change that stops half-way is safe, and the same one again goes on from there.
///
/// Source: RF-1 in docs/requirements.md
public final class Membership {

  /// For a whole change. A step takes less than a second where all are well.
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /// The next look at what has become of a step.
  private static final Duration NEXT_LOOK = Duration.ofMillis(300);

  private final Run run;

  Membership(Run run) {
    this.run = run;
  }

  /// Who votes and who listens.
  public record Members(SortedSet<VoterId> voters, SortedSet<VoterId> listeners) {

    /// Whether these vote, and nobody listens.
    public boolean are(SortedSet<VoterId> wanted) {
      return towards(wanted).isEmpty();
    }

    /// The next step towards who should vote; empty once they do.
    ///
    /// A new one listens first, so that it is never counted before it has the log; then one that is
    /// in the way goes, so that it is never counted again; then the new one votes.
    Optional<Members> towards(SortedSet<VoterId> wanted) {
      var absent = first(wanted, voter -> !voters.contains(voter) && !listeners.contains(voter));
      if (absent.isPresent()) {
        return Optional.of(new Members(voters, plus(listeners, absent.get())));
      }
      var idle = first(listeners, voter -> !wanted.contains(voter));
      if (idle.isPresent()) {
        return Optional.of(new Members(voters, minus(listeners, idle.get())));
      }
      var former = first(voters, voter -> !wanted.contains(voter));
      if (former.isPresent()) {
        return Optional.of(new Members(minus(voters, former.get()), listeners));
      }
      return first(listeners, voter -> wanted.contains(voter))
          .map(next -> new Members(plus(voters, next), minus(listeners, next)));
    }

    private static Optional<VoterId> first(SortedSet<VoterId> among, Predicate<VoterId> which) {
      return among.stream().filter(which).findFirst();
    }

    private static SortedSet<VoterId> plus(SortedSet<VoterId> voters, VoterId voter) {
      var more = new TreeSet<>(voters);
      more.add(voter);
      return more;
    }

    private static SortedSet<VoterId> minus(SortedSet<VoterId> voters, VoterId voter) {
      var fewer = new TreeSet<>(voters);
      fewer.remove(voter);
      return fewer;
    }
  }

  /// As this voter last heard; empty if it does not take part, or while a change is under way.
  public Optional<Members> members() {
    return run.members();
  }

  static Members members(RaftConfiguration configuration) {
    return new Members(
        ids(configuration.getCurrentPeers()),
        ids(configuration.getCurrentPeers(RaftPeerRole.LISTENER)));
  }

  private static SortedSet<VoterId> ids(Collection<RaftPeer> peers) {
    return peers.stream()
        .map(peer -> VoterId.of(peer.getId().toString()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// Makes exactly these vote; the new ones among them have been started by [Voter#join]. Blocks
  /// until a majority keeps that for good, or until the time is over: before that, the loss of one
  /// more would be the loss of two.
  ///
  /// @throws IOException if it could not be done, such as without a majority
  public void become(SortedSet<VoterId> wanted) throws IOException, InterruptedException {
    var failure = new IOException("voter %s takes no part".formatted(run.self()));
    long end = System.nanoTime() + LIMIT.toNanos();
    while (System.nanoTime() - end < 0) {
      long changes = run.progress().groupChanges();
      var now = members();
      var step = now.flatMap(members -> members.towards(wanted));
      if (now.isPresent() && step.isEmpty()) {
        return;
      }
      if (step.isPresent()) {
        try {
          change(now.get(), step.get());
        } catch (IOException e) {
          failure = e; // it may have been made all the same: look again
        }
      }
      run.progress().awaitGroupChange(changes, NEXT_LOOK);
    }
    throw new IOException("%s do not vote alone after %s".formatted(wanted, LIMIT), failure);
  }

  private void change(Members before, Members after) throws IOException {
    var reply =
        run.client()
            .admin()
            .setConfiguration(
                Arguments.newBuilder()
                    .setMode(SetConfigurationRequest.Mode.COMPARE_AND_SET)
                    .setServersInCurrentConf(Peers.peers(before.voters()))
                    .setListenersInCurrentConf(listeners(before))
                    .setServersInNewConf(Peers.peers(after.voters()))
                    .setListenersInNewConf(listeners(after))
                    .build());
    if (!reply.isSuccess()) {
      throw new IOException("the step is refused", reply.getException());
    }
  }

  private static List<RaftPeer> listeners(Members members) {
    return members.listeners().stream().map(Peers::listener).toList();
  }
}
