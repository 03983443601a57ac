package dev.flotilla.operator.engine.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.operator.core.view.EngineMarks;
import dev.flotilla.operator.core.view.EngineReport;
import dev.flotilla.operator.core.view.Evacuation;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.port.Errand;
import dev.flotilla.operator.port.StopSignal;
import dev.flotilla.topology.model.Epoch;
import dev.flotilla.topology.model.MemberName;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// What is left on members, from a state as three members of Elasticsearch 9.5.3 give it.
class EvacuationsTest extends OnLoopback {

  private static final MemberName A = Shop.member("a").name();
  private static final MemberName B = Shop.member("b").name();
  private static final Errand ERRAND = new Errand("drain-7", "watch", new Epoch(3));

  /// The first copy leaves a for b, the second stays, a third one is nowhere.
  private static final String STATE =
      """
      {"cluster_uuid": "u", "version": %d, "master_node": "%s",
       "nodes": {
        "ia": {"name": "%s", "ephemeral_id": "ea"}, "ib": {"name": "%s", "ephemeral_id": "eb"}},
       "metadata": {"cluster_coordination": {"term": 4, "last_committed_config": ["ia", "ib"],
        "last_accepted_config": ["ia"],
        "voting_config_exclusions": [{"node_id": "ix", "node_name": "x"}]}},
       "routing_nodes": {
        "unassigned": [{"state": "UNASSIGNED", "primary": false, "node": null,
          "relocating_node": null, "shard": 1, "index": "notes",
          "unassigned_info": {"reason": "NODE_LEFT", "delayed": true, "failed_nodes": []}}],
        "nodes": {
         "ia": [
          {"state": "STARTED", "primary": true, "node": "ia", "relocating_node": null,
           "shard": 1, "index": "notes", "allocation_id": {"id": "z"}},
          {"state": "RELOCATING", "primary": true, "node": "ia", "relocating_node": "ib",
           "shard": 0, "index": "notes"}],
         "ib": [
          {"state": "INITIALIZING", "primary": true, "node": "ib", "relocating_node": "ia",
           "shard": 0, "index": "notes", "unassigned_info": {"reason": "NEW_INDEX"}}]}}}
      """;

  private static final String DISKS =
      """
      [{"node": "%s", "disk.indices": "300", "disk.avail": "1000", "disk.total": "2000"},
       {"node": "%s", "disk.indices": "20", "disk.avail": "1500", "disk.total": null},
       {"node": "UNASSIGNED", "disk.indices": null, "disk.avail": null, "disk.total": null}]
      """
          .formatted(A, B);

  /// What is sent to the new place of a copy comes from the primary, wherever that is.
  private static final String MOVES =
      """
      {"notes": {"shards": [
        {"id": 0, "type": "PEER", "source": {"id": "ix"}, "target": {"id": "ib"},
         "index": {"size": {"recovered_in_bytes": 120}}},
        {"id": 2, "type": "PEER", "source": {"id": "ia"}, "target": {"id": "ib"},
         "index": {"size": {"recovered_in_bytes": 7}}}]}}
      """;

  private static String state(int version, String elected) {
    return STATE.formatted(version, elected, A, B);
  }

  private static FakeMember.Conduct saying(String state, String disks) {
    return (request, out) ->
        FakeMember.send(
            out,
            200,
            "",
            switch (request.path().split("[?]")[0]) {
              case "/_cluster/health" -> HEALTH;
              case "/_cat/allocation" -> disks;
              case "/_recovery" -> MOVES;
              default -> state;
            });
  }

  private Reading<Evacuation> evacuation(FakeMember member, String... addresses) {
    return engine(member.port()).evacuation(new StopSignal(), access(addresses), ERRAND, Set.of(A));
  }

  @Test
  void copiesAndBytesAreCountedByMember() {
    var member = member(saying(state(9, "ia"), DISKS));

    var evacuation = evacuation(member, "127.0.0.1").known().orElseThrow();

    assertThat(evacuation)
        .isEqualTo(
            new Evacuation(
                new EngineMarks.Evidence("u", 4, 9),
                EngineReport.Health.GREEN,
                List.of(
                    new Evacuation.Seat(
                        A.value(),
                        "ia",
                        "ea",
                        2,
                        Optional.of(new Evacuation.Usage(300, 120, 1000, OptionalLong.of(2000)))),
                    new Evacuation.Seat(
                        B.value(),
                        "ib",
                        "eb",
                        1,
                        Optional.of(new Evacuation.Usage(20, 0, 1500, OptionalLong.empty())))),
                List.of(
                    copy(0, true, Optional.of(A.value()), Optional.of(B.value()), Optional.empty()),
                    copy(1, true, Optional.of(A.value()), Optional.empty(), Optional.empty())),
                List.of(
                    copy(1, false, Optional.empty(), Optional.empty(), Optional.of("NODE_LEFT"))),
                new TreeSet<>(Set.of("ia", "ib")),
                1));
    assertThat(evacuation.member(A).flatMap(Evacuation.Seat::usage).orElseThrow().bytesLeft())
        .isEqualTo(180);
  }

  private static Evacuation.Copy copy(
      int shard,
      boolean primary,
      Optional<String> at,
      Optional<String> movingTo,
      Optional<String> reason) {
    return new Evacuation.Copy("notes", shard, primary, at, movingTo, reason);
  }

  /// Any member answers from its own copy of the state, which may be old.
  @Test
  void theElectedVoterIsAskedItself() {
    var a = member(saying(state(9, "ib"), DISKS));
    var b = memberB(a.port(), saying(state(10, "ib"), DISKS));

    var evacuation = evacuation(a, "127.0.0.1", "127.0.0.2").known().orElseThrow();

    assertThat(evacuation.evidence().version()).isEqualTo(10);
    assertThat(b.requests()).hasSize(1);
  }

  @Test
  void anElectedVoterThatKnowsLessIsNotBelieved() {
    var a = member(saying(state(9, "ib"), DISKS));
    memberB(a.port(), saying(state(8, "ib"), DISKS));

    assertThat(unknown(evacuation(a, "127.0.0.1", "127.0.0.2"))).contains("an older state");
  }

  private FakeMember memberB(int port, FakeMember.Conduct conduct) {
    return opened(
        new FakeMember("127.0.0.2", port, credentials.issue(secret, Shop.member("b")), conduct));
  }

  @Test
  void bytesThatNobodySaysAreNotZero() {
    for (var disks : List.of("[]", "{}", "<", "[{\"node\": \"x\", \"disk.indices\": \"a\"}]")) {
      var member = member(saying(state(9, "ia"), disks));

      assertThat(evacuation(member, "127.0.0.1").known().orElseThrow().members())
          .allSatisfy(seat -> assertThat(seat.usage()).isEmpty());
    }
  }

  /// Each of these lacks what would make it a whole: it must not look like an empty member.
  @Test
  void halfAStateIsUnknown() {
    var whole = state(9, "ia");
    for (var half :
        List.of(
            whole.replace("\"unassigned\":", "\"other\":"),
            whole.replace("\"nodes\": {\n   \"ia\"", "\"other\": {\n   \"ia\""),
            whole.replace("\"routing_nodes\"", "\"other\""),
            whole.replace("\"primary\": true,", ""),
            whole.replace("\"node\": \"ia\",", ""),
            whole.replace("\"node\": null,", "\"node\": \"ia\","),
            whole.replace("\"term\": 4,", ""),
            whole.replace("\"version\": 9,", ""),
            whole.replace("\"ephemeral_id\": \"ea\"", "\"other\": 1"),
            whole.replace("\"master_node\": \"ia\"", "\"master_node\": null"),
            whole.replace("\"cluster_uuid\": \"u\"", "\"cluster_uuid\": \"_na_\""),
            "{}",
            "<")) {
      assertThat(half).isNotEqualTo(whole);
      assertThat(evacuation(member(saying(half, DISKS)), "127.0.0.1").known()).isEmpty();
    }
  }

  private static String unknown(Reading<Evacuation> reading) {
    return reading instanceof Reading.Unknown<Evacuation>(var why) ? why : "known: " + reading;
  }
}
