package dev.flotilla.raft.ratis;

import java.util.List;
import java.util.SortedSet;
import java.util.stream.Stream;
import org.apache.ratis.proto.RaftProtos.RaftPeerRole;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;

/// Voters as Ratis names them.
final class Peers {

  private Peers() {}

  /// The group as its first voters found it.
  static RaftGroup founding(VoterSettings settings) {
    return group(settings, peers(settings.voters()));
  }

  /// The group as one that joins it has to know it: the others vote, itself only listens. One that
  /// is told of the others alone replicates, but never becomes one that can vote.
  static RaftGroup joining(VoterSettings settings) {
    var others =
        peers(settings.voters()).stream()
            .filter(peer -> !peer.getId().equals(settings.self().peerId()));
    return group(settings, Stream.concat(others, Stream.of(listener(settings.self()))).toList());
  }

  private static RaftGroup group(VoterSettings settings, List<RaftPeer> peers) {
    return RaftGroup.valueOf(RaftGroupId.valueOf(settings.group()), peers);
  }

  static List<RaftPeer> peers(SortedSet<VoterId> voters) {
    return voters.stream().map(Peers::peer).toList();
  }

  static RaftPeer peer(VoterId voter) {
    return builder(voter).build();
  }

  static RaftPeer listener(VoterId voter) {
    return builder(voter).setStartupRole(RaftPeerRole.LISTENER).build();
  }

  private static RaftPeer.Builder builder(VoterId voter) {
    return RaftPeer.newBuilder().setId(voter.peerId()).setAddress(PeerNames.address(voter));
  }
}
