package dev.flotilla.operator.engine.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.operator.core.view.Evacuation;
import dev.flotilla.operator.core.view.Explained;
import dev.flotilla.operator.core.view.Explained.Answer;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.port.EnginePort;
import dev.flotilla.operator.port.Errand;
import dev.flotilla.operator.port.StopSignal;
import dev.flotilla.topology.model.Epoch;
import dev.flotilla.topology.model.MemberName;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// What the allocator's answers mean for a copy that shall leave its member.
class ExplanationsTest extends OnLoopback {

  private static final Duration PATIENT = Duration.ofSeconds(120);
  private static final Errand ERRAND = new Errand("drain-7", "check", new Epoch(3));
  private static final Evacuation.Copy COPY =
      new Evacuation.Copy("notes", 0, true, Optional.of("m1"), Optional.empty(), Optional.empty());

  private static final String TAKES =
      "{\"node_name\": \"m2\", \"node_decision\": \"worse_balance\"}";
  private static final String BUSY =
      """
      {"node_name": "m3", "node_decision": "throttled", "deciders": [
        {"decider": "throttling", "decision": "THROTTLE", "explanation": "reached the limit"}]}
      """;
  private static final String SAME =
      """
      {"node_name": "m4", "node_decision": "no", "deciders": [
        {"decider": "same_shard", "decision": "NO", "explanation": "a copy is here"},
        {"decider": "awareness", "decision": "NO", "explanation": "there are [2] copies"}]}
      """;
  private static final String ZONE =
      """
      {"node_name": "m5", "node_decision": "no", "deciders": [
        {"decider": "awareness", "decision": "NO", "explanation": "there are [2] copies"}]}
      """;

  @Test
  void oneMemberThatTakesItIsEnough() {
    assertThat(explain(SAME, ZONE, TAKES)).isEqualTo(new Explained(COPY, Answer.CAN_GO, List.of()));
  }

  @Test
  void aMemberThatLeavesItselfTakesNothing() {
    assertThat(explain(Set.of(new MemberName("m2")), SAME, TAKES).answer()).isEqualTo(Answer.STAYS);
  }

  /// The engine's own words, the most common ones first.
  @Test
  void whereNobodyTakesItTheReasonsAreTold() {
    assertThat(explain(SAME, ZONE))
        .isEqualTo(
            new Explained(
                COPY,
                Answer.STAYS,
                List.of(
                    new Explained.Objection("awareness", "there are [2] copies", 2),
                    new Explained.Objection("same_shard", "a copy is here", 1))));
  }

  @Test
  void whatPassesByItselfIsWaitedFor() {
    assertThat(explain(SAME, BUSY).answer()).isEqualTo(Answer.WAITS);
    assertThat(explain(BUSY.replace("throttled", "no")).answer()).isEqualTo(Answer.WAITS);
    assertThat(explain(SAME.replace("\"no\"", "\"throttled\"")).answer()).isEqualTo(Answer.STAYS);
  }

  @Test
  void aWordThatIsNotKnownIsNoYes() {
    assertThat(explain(TAKES.replace("worse_balance", "perhaps")).answer()).isEqualTo(Answer.STAYS);
    assertThat(explain().answer()).isEqualTo(Answer.STAYS);
  }

  @Test
  void aCopyThatIsNowhereIsExplainedAsAWhole() {
    var lost =
        """
        {"current_state": "unassigned", "can_allocate": "no_valid_shard_copy",
         "allocate_explanation": "all copies\\nare gone"}
        """;

    assertThat(explain(saying(lost), List.of(COPY), Set.of()))
        .containsExactly(
            new Explained(
                COPY,
                Answer.STAYS,
                List.of(new Explained.Objection("no_valid_shard_copy", "all copies are gone", 0))));
  }

  @Test
  void aCopyThatIsNotThereAnyMoreHasMoved() {
    for (int status : List.of(400, 404)) {
      assertThat(explain(FakeMember.Conduct.refusing(status), List.of(COPY), Set.of()))
          .containsExactly(new Explained(COPY, Answer.MOVED, List.of()));
    }
  }

  @Test
  void whatIsNoExplanationIsUnknown() {
    for (var body : List.of("{}", "[]", "<", "{\"current_state\": 7}")) {
      assertThat(ask(saying(body), List.of(COPY), Set.of()).known()).isEmpty();
    }
    assertThat(ask(FakeMember.Conduct.refusing(503), List.of(COPY), Set.of()).known()).isEmpty();
  }

  @Test
  void whatWasLearntBeforeItFellSilentIsTold() {
    var asked = new AtomicInteger();
    FakeMember.Conduct twice =
        (request, out) ->
            (asked.incrementAndGet() <= 2 ? saying(body(TAKES)) : FakeMember.Conduct.refusing(503))
                .answer(request, out);

    assertThat(explain(twice, Collections.nCopies(5, COPY), Set.of())).hasSize(2);
  }

  @Test
  void noMoreThanTheLimitIsAsked() {
    var copies = Collections.nCopies(EnginePort.MAX_EXPLAINED + 1, COPY);

    var member = member(saying(body(TAKES)));
    // More time than they need on the slowest machine: the limit shall end it.
    var engine = opened(new ElasticsearchEngine(InstantSource.system(), member.port(), PATIENT));

    assertThat(
            engine.explain(new StopSignal(), access("127.0.0.1"), ERRAND, copies, Set.of()).known())
        .hasValueSatisfying(all -> assertThat(all).hasSize(EnginePort.MAX_EXPLAINED));
  }

  @Test
  void theCopyIsNamedAsTheEngineWantsIt() {
    var member = member(saying(body(TAKES)));
    var nowhere =
        new Evacuation.Copy(
            "no\"tes", 3, false, Optional.empty(), Optional.empty(), Optional.of("NODE_LEFT"));

    engine(member.port())
        .explain(new StopSignal(), access("127.0.0.1"), ERRAND, List.of(COPY, nowhere), Set.of());

    assertThat(member.requests())
        .extracting(FakeMember.Request::body)
        .containsExactly(
            "{\"index\":\"notes\",\"shard\":0,\"primary\":true,\"current_node\":\"m1\"}",
            "{\"index\":\"no\\\"tes\",\"shard\":3,\"primary\":false}");
  }

  private Explained explain(String... members) {
    return explain(Set.of(), members);
  }

  private Explained explain(Set<MemberName> leaving, String... members) {
    return explain(saying(body(members)), List.of(COPY), leaving).getFirst();
  }

  private static String body(String... members) {
    return "{\"current_state\": \"started\", \"can_move_to_other_node\": \"no\","
        + "\"node_allocation_decisions\": [%s]}".formatted(String.join(",", members));
  }

  private static FakeMember.Conduct saying(String body) {
    return (request, out) -> FakeMember.send(out, 200, "", body);
  }

  private List<Explained> explain(
      FakeMember.Conduct conduct, List<Evacuation.Copy> copies, Set<MemberName> leaving) {
    return ask(conduct, copies, leaving).known().orElseThrow();
  }

  private Reading<List<Explained>> ask(
      FakeMember.Conduct conduct, List<Evacuation.Copy> copies, Set<MemberName> leaving) {
    return engine(member(conduct).port())
        .explain(new StopSignal(), access("127.0.0.1"), ERRAND, copies, leaving);
  }
}
