package dev.flotilla.operator.bench;

import static dev.flotilla.operator.bench.Bench.SEARCH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.crds.condition.ConditionType;
import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.bench.Fault.Fate;
import dev.flotilla.operator.core.status.StatusReport;
import dev.flotilla.operator.core.view.DrainPolicy;
import dev.flotilla.operator.core.view.NodeView;
import dev.flotilla.topology.lifecycle.Deadline;
import dev.flotilla.topology.lifecycle.Stage;
import dev.flotilla.topology.model.MemberName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a drain meets on its way: other wishes, lost pods, silence, writes that fail, watches that
/// lag and bodies that do not end.
class DrainLifeTest extends DrainScene {

  /// Each member has a copy of everything, so nobody can take what one has.
  @Test
  @Tag("ZD-2")
  @Tag("R7")
  void whatCannotEndTouchesNothing() {
    settle(5, 4);
    var pods = uids("Pod");

    bench.apply(Specs.of(4));
    rounds(30);

    assertThat(store.drains(SEARCH)).isEmpty();
    assertThat(database().writes()).as("writes to the engine").isZero();
    assertThat(uids("Pod")).isEqualTo(pods);
    assertThat(bench.cluster.claims(SEARCH)).allMatch(claim -> claim.note().isEmpty());
    assertThat(bench.status().conditions())
        .anySatisfy(condition -> {
          assertThat(condition.reason()).isEqualTo(Reason.DRAIN_BLOCKED);
          assertThat(condition.message()).contains("same_shard says");
        });

    bench.apply(Specs.of(5));
    untilQuiet();
    assertThat(bench.status().reason()).isEqualTo(Reason.AS_WANTED);
  }

  /// The engine says that all may go, and nothing ever does; or it says nothing any more.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Tag("ZD-5")
  void whatNeverEndsIsTakenBackAtItsDeadline(boolean answers) {
    settle(5, 1);
    var pods = uids("Pod");
    var claims = uids("Claim");
    database().freeze(true);
    bench.apply(Specs.of(3));
    untilMarked();

    bench.engine.silence(answers ? Optional.empty() : Optional.of("it answers 500"));
    rounds(20);
    bench.time.advance(Duration.ofHours(2));
    round();

    assertThat(in(Stage.REMOVING)).isEmpty();
    assertThat(in(Stage.DRAINING)).isEmpty();
    bench.engine.silence(Optional.empty());
    until("mark gone", () -> database().listed().isEmpty());
    assertThat(uids("Pod")).isEqualTo(pods);
    assertThat(uids("Claim")).isEqualTo(claims);
  }

  /// The engine says that all may go, and nothing does: that is told, and the deadline decides.
  @ParameterizedTest
  @EnumSource(Deadline.OnTimeout.class)
  @Tag("R21")
  @Tag("ZD-5")
  void whatDoesNotMoveIsStalledUntilItsDeadlineDecides(Deadline.OnTimeout then) {
    settle(5, 1);
    database().freeze(true);
    var policy = new DrainPolicy(Duration.ofHours(1), then, 1, DrainPolicy.Foreign.REPORT);
    bench.apply(Specs.draining(Specs.of(3), policy));
    untilMarked();
    rounds(3);
    assertThat(in(Stage.DRAINING)).hasSize(1);
    assertThat(reasons()).doesNotContain(Reason.DRAIN_STALLED);

    bench.time.advance(Duration.ofMinutes(16));
    rounds(3);
    assertThat(reasons()).contains(Reason.DRAIN_STALLED);

    bench.time.advance(Duration.ofHours(1));
    rounds(10);
    assertThat(in(Stage.REMOVING)).isEmpty();
    assertThat(in(Stage.REMOVED)).isEmpty();
    switch (then) {
      case HOLD -> {
        assertThat(in(Stage.DRAINING)).hasSize(1);
        assertThat(reasons()).contains(Reason.DRAIN_BLOCKED);
      }
      case CANCEL -> assertThat(running.said.announced()).contains(Reason.DRAIN_UNDONE);
    }
  }

  private List<Reason> reasons() {
    return bench.status().conditions().stream().map(StatusReport.Condition::reason).toList();
  }

  /// Each of them finds a mark that it has not set, and the record of the drain that owns it.
  @Test
  @Tag("R7")
  void whoeverTakesOverLeavesTheMarkOfADrainThatRuns() {
    settle(5, 1);
    database().freeze(true);
    bench.apply(Specs.of(4));
    untilMarked();
    round();
    var marked = database().listed();
    int writes = database().writes();

    for (int n = 0; n < 5; n++) {
      running.close();
      bench.time.advance(Duration.ofSeconds(20));
      running = bench.candidate(store, bench.time::nanos).lead();
      rounds(5);
      assertThat(database().listed()).isEqualTo(marked);
    }
    assertThat(database().writes()).as("writes to the engine").isEqualTo(writes);

    database().freeze(false);
    until("gone", () -> in(Stage.REMOVED).size() == 1);
    untilQuiet();
    assertWhole();
  }

  @ParameterizedTest
  @CsvSource({"7, 0", "6, 1", "8, 0"})
  @Tag("R3")
  void whoeverIsNeededAgainServesAgainAndNobodyElseIsTouched(int wanted, int gone) {
    settle(7, 1);
    var pods = uids("Pod");
    bench.apply(Specs.of(5));
    untilMarked();
    round();
    var drained = in(Stage.DRAINING);
    assertThat(drained).hasSize(2);

    bench.apply(Specs.of(wanted));
    rounds(3);
    assertThat(database().listed()).hasSizeLessThanOrEqualTo(gone);
    untilQuiet();

    assertThat(bench.cluster.pods(SEARCH)).hasSize(wanted);
    assertThat(in(Stage.REMOVED)).hasSize(gone).isSubsetOf(drained);
    var kept = new TreeMap<>(uids("Pod"));
    kept.keySet().retainAll(pods.keySet());
    assertThat(kept)
        .hasSize(7 - gone)
        .allSatisfy((key, uid) -> assertThat(uid).isEqualTo(pods.get(key)));
    assertWhole();
  }

  @Test
  @Tag("R8")
  void aStatusThatCannotBeWrittenSkipsAndRepeatsNothing() {
    settle(5, 1);
    int before = database().writes();
    running.kube.befall(
        (n, what) -> what.contains("Status ") ? Fate.REQUEST_LOST : Fate.CARRIED_OUT);

    bench.apply(Specs.of(3));
    until("gone", () -> in(Stage.REMOVED).size() == 2);

    assertThat(database().writes() - before).as("a mark and its release, twice").isEqualTo(4);
    assertThat(bench.cluster.pods(SEARCH)).hasSize(3);
    assertWhole();
  }

  @Test
  @Tag("R16")
  void aMemberThatLosesItsPodComesBackAndIsDrainedOn() {
    settle(5, 1);
    var claims = uids("Claim");
    bench.apply(Specs.of(3));
    untilMarked();
    var name = in(Stage.DRAINING).iterator().next();

    bench.cluster.remove(Thing.Pod.key(SEARCH, name));
    round();
    assertThat(bench.podOf(name)).isPresent();
    assertThat(in(Stage.DRAINING)).contains(name);

    until("gone", () -> in(Stage.REMOVED).size() == 2);
    untilQuiet();
    assertThat(uids("Claim")).isEqualTo(claims);
    assertThat(bench.cluster.pods(SEARCH)).hasSize(3);
    assertWhole();
  }

  @Test
  @Tag("R18")
  void whileTheEngineIsSilentNobodyGoes() {
    settle(5, 1);
    var pods = uids("Pod");
    bench.apply(Specs.of(3));
    untilMarked();

    bench.engine.silence(Optional.of("it answers 503"));
    rounds(60);

    assertThat(uids("Pod")).isEqualTo(pods);
    assertThat(in(Stage.REMOVING)).isEmpty();
    assertThat(bench.status().condition(ConditionType.AVAILABLE).truth())
        .isEqualTo(StatusReport.Truth.UNKNOWN);

    bench.engine.silence(Optional.empty());
    until("gone", () -> in(Stage.REMOVED).size() == 2);
    assertWhole();
  }

  /// Its only copies are elsewhere by then: taken off too early, the mark would let them flow back.
  @Test
  @Tag("R10")
  @Tag("R61")
  void theMarkOutlivesAPodThatDoesNotEnd() {
    settle(5, 0);
    bench.apply(Specs.of(4));
    untilMarked();
    var name = in(Stage.DRAINING).iterator().next();
    var node = bench.podOf(name).orElseThrow().node().orElseThrow();
    running.kube.befall((n, what) -> {
      if (what.startsWith("delete Pod")) {
        answers(node, false);
      }
      return Fate.CARRIED_OUT;
    });
    until("given up", () -> in(Stage.REMOVING).contains(name));

    for (int n = 0; n < 150; n++) {
      round();
      assertThat(bench.podOf(name)).isPresent();
      assertThat(database().listed()).containsExactly(name.value());
      assertThat(database().count(name.value())).isZero();
    }

    answers(node, true);
    until("gone", () -> in(Stage.REMOVED).contains(name));
    untilQuiet();
    assertThat(database().copies()).hasSize(3).allMatch(copy -> copy.at().isPresent());
    assertWhole();
  }

  private void answers(String node, boolean ready) {
    bench.cluster.changeNode(
        node, it -> new NodeView(it.name(), it.zone(), ready, it.schedulable(), false));
  }

  /// A mark names a member, and no member ever has the name of another one.
  @Test
  @Tag("R17")
  void whoComesLaterIsNeverTakenForWhoWasDrained() {
    settle(5, 1);
    var names = new HashSet<>(bench.podNames());
    var marked = new HashSet<String>();
    bench.apply(Specs.of(3));
    until(
        "gone",
        () -> {
          marked.addAll(database().listed());
          return in(Stage.REMOVED).size() == 2;
        });
    assertThat(marked).hasSize(2).isSubsetOf(names);

    bench.apply(Specs.of(5));
    untilQuiet();
    var later = bench.podNames().stream().filter(name -> !names.contains(name)).toList();
    assertThat(later).hasSize(2);
    database().store("notes", 8, 1);
    assertThat(later).allSatisfy(name -> assertThat(database().count(name)).isPositive());
    assertWhole();
  }

  /// The watch shows nothing of what others do for half a minute at a time.
  @Test
  @Tag("R25")
  void aWatchThatLagsBehindDisturbsOneAtATime() {
    settle(5, 1);
    running.watch.lag();
    bench.apply(Specs.of(3));
    running.watch.deliver();

    for (int n = 0; n < 20; n++) {
      for (int turn = 0; turn < 15; turn++) {
        running.pass(SEARCH);
        bench.turn();
        assertThat(in(Stage.REMOVING)).hasSizeLessThanOrEqualTo(1);
        assertThat(bench.cluster.pods(SEARCH).stream().filter(pod -> !pod.ready()).count())
            .isLessThanOrEqualTo(1);
      }
      running.watch.deliver();
    }

    assertThat(in(Stage.REMOVED)).hasSize(2);
    assertWhole();
  }

  /// At every write of a drain its user wants the member back.
  @TestFactory
  @Tag("R66")
  Stream<DynamicTest> takenBackAtAnyMomentItEndsInTheSameWay() {
    var undisturbed = new DrainLifeTest();
    int writes = undisturbed.drainOne(0);
    assertThat(writes).isGreaterThan(8);
    return IntStream.rangeClosed(1, writes)
        .mapToObj(
            n -> DynamicTest.dynamicTest("at write " + n, () -> new DrainLifeTest().drainOne(n)));
  }

  /// Another operator takes over, of which all writes but those of the status are counted.
  private Mortality counted() {
    var life = new Mortality(0, Fate.CARRIED_OUT);
    running.close();
    bench.time.advance(Duration.ofSeconds(20));
    running = bench.candidate(life.engine(bench.engine), life.store(store));
    running.kube.befall(
        (n, what) -> what.contains("Status ") ? Fate.CARRIED_OUT : life.ofKube().of(n, what));
    running.lead();
    return life;
  }

  /// @param at which write it is taken back; 0 for never
  /// @return how many writes of the drain there were
  private int drainOne(int at) {
    settle(5, 1);
    var pods = uids("Pod");
    var life = counted();
    bench.apply(Specs.of(4));
    boolean[] done = {at == 0};
    until(
        "the end",
        () -> {
          if (!done[0] && life.writes().size() >= at) {
            done[0] = true;
            bench.apply(Specs.of(5));
          }
          return done[0] && hasEnded(at);
        });
    int drained = life.writes().size();
    untilQuiet();
    assertWhole();
    assertThat(bench.cluster.pods(SEARCH)).hasSize(at == 0 ? 4 : 5);
    if (in(Stage.REMOVED).isEmpty()) {
      assertThat(uids("Pod")).isEqualTo(pods);
      assertThat(bench.cluster.claims(SEARCH)).allMatch(claim -> claim.note().isEmpty());
    }
    return drained;
  }

  private boolean hasEnded(int at) {
    var stages = store.drains(SEARCH).values();
    return bench.cluster.pods(SEARCH).size() >= 4
        && (at > 0 || !stages.isEmpty())
        && stages.stream().allMatch(it -> it == Stage.REMOVED || it == Stage.PROVISIONED);
  }

  /// The order of all writes of one drain, from the first word to the last.
  @Test
  @Tag("D5")
  @Tag("D6")
  void everyWriteHasItsPlace() {
    settle(5, 1);
    var life = counted();
    bench.apply(Specs.of(4));
    until("gone", () -> in(Stage.REMOVED).size() == 1);

    assertThat(life.writes().stream().map(DrainLifeTest::word).filter(it -> !it.isEmpty()))
        .containsExactly(
            "commit DRAINING",
            "note",
            "engine mark",
            "engine giveup",
            "commit REMOVING",
            "delete Pod",
            "engine release",
            "commit REMOVING",
            "note",
            "commit REMOVED");
  }

  private static final Map<String, String> WORDS =
      Map.of(
          "commit .*state=running.*", "commit DRAINING",
          "commit .*state=removing.*", "commit REMOVING",
          "commit .*state=ended.*", "commit REMOVED",
          "engine .*/Mark/.*", "engine mark",
          "engine .*/GiveUp/.*", "engine giveup",
          "engine .*/Release/.*", "engine release",
          "update Claim .*", "note",
          "delete Pod .*", "delete Pod");

  /// What a write does for a drain; empty if nothing.
  private static String word(String write) {
    return WORDS.entrySet().stream()
        .filter(form -> write.matches("(?s)" + form.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("");
  }

  /// Three operators with watches that lag, and a user who changes his mind.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  @Tag("DR-1")
  @Tag("R14")
  void whateverHappensInWhateverOrder(long seed) {
    settle(6, 1);
    var random = new Random(seed);
    var operators = new ArrayList<>(List.of(running));
    for (int n = 0; n < 2; n++) {
      operators.add(bench.candidate(store, bench.time::nanos).lead());
    }
    operators.forEach(operator -> operator.watch.lag());
    int wanted = 6;
    for (int n = 0; n < 120; n++) {
      var operator = operators.get(random.nextInt(operators.size()));
      switch (random.nextInt(12)) {
        case 0, 1 -> {
          wanted = 3 + random.nextInt(6);
          bench.apply(Specs.of(wanted));
        }
        case 2 -> {
          var pods = bench.podNames();
          if (!pods.isEmpty()) {
            var name = new MemberName(pods.get(random.nextInt(pods.size())));
            bench.cluster.remove(Thing.Pod.key(SEARCH, name));
          }
        }
        case 3 -> {
          operators.remove(operator);
          operator.close();
          var next = bench.candidate(store, bench.time::nanos).lead();
          next.watch.lag();
          operators.add(next);
        }
        case 4, 5 -> operator.watch.deliver();
        case 6, 7, 8 -> bench.turn();
        default -> operator.pass(SEARCH);
      }
      assertThat(in(Stage.REMOVING)).hasSizeLessThanOrEqualTo(1);
    }
    operators.forEach(operator -> operator.watch.deliver());
    int end = wanted;
    for (int n = 0; n < 150; n++) {
      operators.forEach(operator -> {
        operator.pass(SEARCH);
        operator.watch.deliver();
        assertThat(in(Stage.REMOVING)).hasSizeLessThanOrEqualTo(1);
      });
      bench.turn();
    }

    assertThat(bench.cluster.pods(SEARCH)).as(bench.picture()).hasSize(end);
    assertThat(store.drains(SEARCH).values()).isSubsetOf(Stage.REMOVED, Stage.PROVISIONED);
    assertWhole();
  }
}
