package dev.flotilla.operator.bench;

import static dev.flotilla.operator.bench.Bench.SEARCH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.plan.Planner;
import dev.flotilla.operator.core.request.Ending;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.EngineReport;
import dev.flotilla.operator.core.view.NodeView;
import dev.flotilla.topology.lifecycle.Stage;
import dev.flotilla.topology.model.MemberName;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A member that cannot come back is given up with all that it has, because a person named its very
/// body, once and in time; and nobody else is touched.
@Tag("D4")
class GivenUpMembersTest extends DrainScene {

  private static final Duration HALF = Duration.ofMinutes(30);

  private MemberName lost = new MemberName("none");

  /// One that holds something, for ever.
  private void loseOne(int members, int replicas) {
    settle(members, replicas);
    lost =
        bench.podNames().stream()
            .filter(name -> database().count(name) > 0)
            .map(MemberName::new)
            .findFirst()
            .orElseThrow();
    bench.cluster.loseImage(Specs.IMAGE);
    bench.cluster.remove(Thing.Pod.key(SEARCH, lost));
    rounds(10);
    assertThat(bench.podOf(lost)).isPresent().get().matches(pod -> !pod.ready());
  }

  private String body() {
    return bench.cluster.get(Thing.Pod.key(SEARCH, lost)).orElseThrow().uid();
  }

  private void giveUp(String operation, String uid) {
    bench.askToGiveUp(operation, HALF, lost.value(), uid);
  }

  private void untilEnded(String operation) {
    round();
    until("it has ended", () -> bench.told(operation).ending().isPresent());
  }

  private long ended() {
    return running.said.steps().stream()
        .filter(step -> step instanceof Step.DeletePod delete && delete.member().equals(lost))
        .count();
  }

  /// Three members, and one of them is lost for good: without that nothing leads on.
  @Test
  void theLostOneGoesAndANewOneComesInItsZone() {
    loseOne(3, 1);
    var others = uids("Pod");
    others.remove(Thing.Pod.key(SEARCH, lost));
    var claims = uids("Claim");

    round();
    giveUp("now", body());
    until("gone", () -> in(Stage.REMOVED).size() == 1);
    bench.cluster.bringImage(Specs.IMAGE);
    untilQuiet();

    assertThat(bench.told("now").ending()).contains(Ending.DRAINED);
    assertThat(in(Stage.REMOVED)).containsExactly(lost);
    assertThat(bench.cluster.pods(SEARCH))
        .hasSize(3)
        .allMatch(Thing.Pod::ready)
        .extracting(pod -> pod.draft().member().zone().name())
        .containsExactlyInAnyOrder("a", "b", "c");
    assertThat(uids("Pod")).containsAllEntriesOf(others);
    assertThat(uids("Claim")).as("its volume is kept").containsAllEntriesOf(claims);
    assertThat(running.said.announced()).filteredOn(Reason.DRAIN_SKIPPED::equals).hasSize(2);
    assertThat(database().listed()).as("marks").isEmpty();
    Rig.assertOneOfEach(bench);
  }

  /// What only it had is given up with it.
  @Test
  void alsoIfSomethingIsLostWithIt() {
    loseOne(5, 0);
    assertThat(database().health()).isEqualTo(EngineReport.Health.RED);

    giveUp("now", body());
    until("gone", () -> in(Stage.REMOVED).size() == 1);

    assertThat(in(Stage.REMOVED)).containsExactly(lost);
    assertThat(database().listed()).isEmpty();
  }

  @Test
  void anotherUidGivesNothingUp() {
    loseOne(5, 1);

    giveUp("wrong", "uid-of-somebody-else");
    untilEnded("wrong");
    untilQuiet();

    assertThat(bench.told("wrong").ending()).contains(Ending.FAILED);
    assertThat(bench.told("wrong").message())
        .contains("spec.override.uid is uid-of-somebody-else", body());
    assertThat(store.drains(SEARCH)).isEmpty();
  }

  /// The person has looked at the pod before; somebody has made another one since.
  @Test
  void aNewPodOfTheSameNameIsNotMeant() {
    loseOne(5, 1);
    var before = body();
    bench.cluster.remove(Thing.Pod.key(SEARCH, lost));
    rounds(5);
    assertThat(body()).isNotEqualTo(before);

    giveUp("late", before);
    untilEnded("late");

    assertThat(bench.told("late").ending()).contains(Ending.FAILED);
    assertThat(store.drains(SEARCH)).isEmpty();
    assertThat(ended()).isZero();
  }

  /// The engine is silent for as long as the word is good.
  @Test
  void afterItsTimeItIsNoWordAnyMore() {
    loseOne(5, 1);
    bench.engine.silence(Optional.of("it answers 503"));
    rounds(2);
    giveUp("in-time", body());
    rounds(10);
    assertThat(store.drains(SEARCH)).isEmpty();

    bench.time.advance(HALF);
    bench.engine.silence(Optional.empty());
    untilEnded("in-time");
    untilQuiet();

    assertThat(bench.told("in-time").ending()).contains(Ending.TIMED_OUT);
    assertThat(in(Stage.REMOVING)).isEmpty();
    assertThat(in(Stage.REMOVED)).isEmpty();
    assertThat(ended()).isZero();
  }

  @Test
  void aWordForMoreThanAnHourIsNone() {
    loseOne(5, 1);

    bench.askToGiveUp("long", Duration.ofMinutes(61), lost.value(), body());
    untilEnded("long");

    assertThat(bench.told("long").ending()).contains(Ending.FAILED);
    assertThat(store.drains(SEARCH)).isEmpty();
  }

  /// Whoever answers can be emptied.
  @Test
  void whoIsInTheEngineIsNotGivenUp() {
    settle(5, 1);
    lost = bench.pod("c").draft().member().name();

    giveUp("needless", body());
    untilEnded("needless");

    assertThat(bench.told("needless").ending()).contains(Ending.FAILED);
    assertThat(bench.told("needless").message()).contains("is part of the engine");
    assertThat(store.drains(SEARCH)).isEmpty();
    assertWhole();
  }

  /// It comes back after the word was used, and before it is gone: it stays, and the word is used.
  @Test
  void oneWordIsGoodForOneTime() {
    loseOne(5, 1);
    bench.engine.database(SEARCH).loseAnswers(FakeDatabase.Fate.LOST, FakeDatabase.Fate.LOST);
    giveUp("once", body());
    until("begun", () -> !in(Stage.DRAINING).isEmpty());

    bench.cluster.bringImage(Specs.IMAGE);
    until("it serves", () -> bench.podOf(lost).filter(Thing.Pod::ready).isPresent());
    untilEnded("once");
    untilQuiet();
    assertThat(bench.told("once").ending()).contains(Ending.CANCELLED);
    assertWhole();

    bench.cluster.changeNode(
        bench.podOf(lost).orElseThrow().node().orElseThrow(),
        node ->
            new NodeView(node.name(), node.zone(), false, node.schedulable(), node.outOfService()));
    rounds(60);
    assertThat(in(Stage.DRAINING)).isEmpty();
    assertThat(in(Stage.REMOVING)).isEmpty();
    assertThat(in(Stage.REMOVED)).isEmpty();
    assertThat(ended()).isZero();
  }

  /// Nobody leaves while somebody else is away, too.
  @Test
  void othersAreProtectedAsEver() {
    loseOne(6, 1);
    var other =
        bench.podNames().stream()
            .map(MemberName::new)
            .filter(name -> !name.equals(lost))
            .findFirst()
            .orElseThrow();
    bench.cluster.remove(Thing.Pod.key(SEARCH, other));
    rounds(5);

    giveUp("now", body());
    rounds(40);

    assertThat(store.drains(SEARCH)).isEmpty();
    assertThat(Planner.plan(running.view()).holds())
        .anySatisfy(hold ->
            assertThat(hold.message())
                .isEqualTo("No member leaves before member %s serves.".formatted(other)));
  }
}
