package dev.flotilla.raft.ratis;

import static dev.flotilla.raft.ratis.ThreeVoters.OURS;
import static dev.flotilla.raft.ratis.ThreeVoters.SECOND;
import static dev.flotilla.raft.ratis.ThreeVoters.THIRD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.ratis.proto.RaftProtos.RaftGroupIdProto;
import org.apache.ratis.proto.RaftProtos.RaftRpcRequestProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteRequestProto;
import org.apache.ratis.proto.RaftProtos.TermIndexProto;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Asks voters for their votes as a candidate does that knew of no leader a moment ago.
@Tag("processes")
@Tag("R89")
class VotesTest {

  @TempDir private Path directory;

  @Test
  void whoHearsItsLeaderVotesForNobodyElse() throws Exception {
    try (var voters = ThreeVoters.start(directory)) {
      voters.letLead(SECOND);
      var counter = new Counter(voters.ours().store());
      counter.reread(); // all of them hear who leads
      long term = term(voters);

      assertThatThrownBy(() -> askForVote(voters, term + 1)).hasMessageContaining("hears a leader");

      counter.reread();
      assertThat(term(voters)).isEqualTo(term);
    }
  }

  private static long term(ThreeVoters voters) {
    return voters.ours().run().orElseThrow().standing().orElseThrow().term();
  }

  private static void askForVote(ThreeVoters voters, long term) throws IOException {
    var run = voters.ours().run().orElseThrow();
    run.server()
        .getServerRpc()
        .requestVote(
            RequestVoteRequestProto.newBuilder()
                .setServerRequest(
                    RaftRpcRequestProto.newBuilder()
                        .setRequestorId(OURS.peerId().toByteString())
                        .setReplyId(THIRD.peerId().toByteString())
                        .setRaftGroupId(
                            RaftGroupIdProto.newBuilder()
                                .setId(run.group().getGroupId().toByteString())))
                .setCandidateTerm(term)
                .setCandidateLastEntry(
                    TermIndexProto.newBuilder().setTerm(term).setIndex(Long.MAX_VALUE))
                .build());
  }
}
