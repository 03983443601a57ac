package dev.flotilla.raft.ratis;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.ratis.proto.RaftProtos.RaftPeerRole;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.SetConfigurationRequest;
import org.apache.ratis.protocol.SetConfigurationRequest.Arguments;

/// Who votes, and how that is changed: one voter at a time, each step compared with what was there
/// before. Half of a change can be left behind; the same change again goes on from there.
///
/// Source: RF-1 in docs/requirements.md
public final class Membership {

  private final Run run;

  Membership(Run run) {
    this.run = run;
  }

  /// Who votes and who listens.
  public record Members(SortedSet<VoterId> voters, SortedSet<VoterId> listeners) {

    Members without(VoterId voter) {
      return new Members(minus(voters, voter), minus(listeners, voter));
    }

    Members withVoter(VoterId voter) {
      return new Members(plus(voters, voter), minus(listeners, voter));
    }

    Members withListener(VoterId voter) {
      return new Members(voters, plus(listeners, voter));
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

  /// As this voter last heard; empty if it does not take part.
  public Optional<Members> members() {
    return run.configuration()
        .map(configuration ->
            new Members(
                ids(configuration.getCurrentPeers()),
                ids(configuration.getCurrentPeers(RaftPeerRole.LISTENER))));
  }

  private static SortedSet<VoterId> ids(Collection<RaftPeer> peers) {
    return peers.stream()
        .map(peer -> VoterId.of(peer.getId().toString()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// Puts a new voter in the place of one that is lost. The new one has been started by
  /// [Voter#join] and listens first, so that it is never counted before it has the log; the lost
  /// one goes next, so that it is never counted again; then the new one votes.
  ///
  /// @throws IOException if a step could not be made, such as without a majority; nothing is lost,
  ///   and the same call goes on from there
  public void replace(VoterId lost, VoterId next) throws IOException {
    var now =
        members()
            .orElseThrow(() -> new IOException("voter %s takes no part".formatted(run.self())));
    if (!now.voters().contains(next)) {
      now = change(now, now.withListener(next));
    }
    now = change(now, now.without(lost));
    change(now, now.withVoter(next));
  }

  private Members change(Members before, Members after) throws IOException {
    if (before.equals(after)) {
      return after;
    }
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
      throw new IOException("the store's voters stay as they are: " + before, reply.getException());
    }
    return after;
  }

  private static List<RaftPeer> listeners(Members members) {
    return members.listeners().stream().map(Peers::listener).toList();
  }
}
