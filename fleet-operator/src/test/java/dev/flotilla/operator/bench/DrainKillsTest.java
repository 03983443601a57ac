package dev.flotilla.operator.bench;

import static dev.flotilla.operator.bench.Bench.SEARCH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.flotilla.operator.bench.Fault.Fate;
import dev.flotilla.operator.core.view.Request;
import dev.flotilla.topology.lifecycle.Deadline.OnTimeout;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The operator ends before or after each of its writes, to Kubernetes, the store and the engine,
/// of two drains and of taking one back; another one takes over, on the same store or on an empty
/// one. In the end there is what there is without that, and no mark is left.
class DrainKillsTest {

  private static final Duration TAKE_OVER = Duration.ofSeconds(20);

  /// @param before what brings the bench to where the change begins
  /// @param change what the user does
  record Scene(String name, Consumer<Bench> before, Consumer<Bench> change) {}

  private static final Scene DRAINS =
      new Scene("drain", bench -> settle(bench, 5), bench -> bench.apply(Specs.of(3)));

  /// The first operator ends for good in the middle of a drain.
  private static final Scene TAKEN_BACK =
      new Scene(
          "cancel",
          bench -> {
            settle(bench, 5);
            bench.apply(Specs.of(3));
            bench.runUntilMarked();
          },
          bench -> bench.apply(Specs.of(5)));

  private static final Scene REPLACES =
      new Scene("replace", bench -> settle(bench, 5), DrainKillsTest::askForANewOne);

  /// The first operator ends for good when a new member serves and the old one is being drained.
  private static final Scene REPLACEMENT_TAKEN_BACK =
      new Scene(
          "cancelled replace",
          bench -> {
            settle(bench, 5);
            askForANewOne(bench);
            bench.runUntilMarked();
          },
          bench -> bench.cancel("renew"));

  private static final List<Scene> ALL =
      List.of(DRAINS, TAKEN_BACK, REPLACES, REPLACEMENT_TAKEN_BACK);

  private static void askForANewOne(Bench bench) {
    var member = bench.pod("b").draft().member().name().value();
    bench.ask(Request.Kind.REPLACE, "renew", OnTimeout.HOLD, member);
  }

  /// What an undisturbed run leaves.
  private record End(String picture, int writes) {}

  private static void settle(Bench bench, int members) {
    bench.apply(Specs.of(members));
    bench.rest(bench.start());
    bench.engine.database(SEARCH).store("orders", 3, 1);
    bench.resume();
  }

  @TestFactory
  @Tag("R1")
  @Tag("ZD-4")
  Stream<DynamicTest> aSuccessorOnTheSameStoreComesToTheSameEnd() {
    return ALL.stream().flatMap(scene -> everyDeath(scene, true));
  }

  @TestFactory
  @Tag("R1")
  @Tag("ZD-4")
  Stream<DynamicTest> aSuccessorWithAnEmptyStoreComesToTheSameEnd() {
    return ALL.stream().flatMap(scene -> everyDeath(scene, false));
  }

  @Test
  void undisturbedTheMembersGoAndTheirVolumesStay() {
    var end = undisturbed(DRAINS);

    assertThat(end.writes()).isGreaterThan(15);
    assertThat(end.picture().lines().filter(line -> line.startsWith("Pod "))).hasSize(3);
    assertThat(end.picture().lines().filter(line -> line.endsWith("drain=REMOVED"))).hasSize(2);
  }

  @Test
  void undisturbedANewMemberTakesTheOldOnesPlace() {
    var end = undisturbed(REPLACES);

    assertThat(end.picture().lines().filter(line -> line.startsWith("Pod "))).hasSize(5);
    assertThat(end.picture().lines().filter(line -> line.startsWith("Claim "))).hasSize(6);
    assertThat(end.picture()).contains("Optional[REPLACED]");
  }

  @Test
  void undisturbedTheNewMemberGoesAgain() {
    var end = undisturbed(REPLACEMENT_TAKEN_BACK);

    assertThat(end.picture().lines().filter(line -> line.startsWith("Pod "))).hasSize(5);
    assertThat(end.picture().lines().filter(line -> line.endsWith("drain=REMOVED")))
        .singleElement()
        .satisfies(claim -> assertThat(claim).contains("data/b#3"));
    assertThat(end.picture()).contains("Optional[CANCELLED]");
  }

  @Test
  void undisturbedWhoeverIsNeededStays() {
    var end = undisturbed(TAKEN_BACK);

    assertThat(end.picture().lines().filter(line -> line.startsWith("Pod "))).hasSize(5);
    assertThat(end.picture().lines().filter(line -> line.startsWith("Claim ")))
        .hasSize(5)
        .allMatch(line -> line.endsWith("drain=none"));
  }

  private static End undisturbed(Scene scene) {
    var bench = bench(scene);
    var life = new Mortality(0, Fate.CARRIED_OUT);
    bench.rest(life.start(bench, new SharedStore(bench.time)));
    assertClean(bench);
    return new End(bench.picture(), life.writes().size());
  }

  private static Stream<DynamicTest> everyDeath(Scene scene, boolean sameStore) {
    var end = undisturbed(scene);
    return IntStream.rangeClosed(2, end.writes())
        .boxed()
        .flatMap(n ->
            Stream.of(Fate.DIES_BEFORE, Fate.DIES_AFTER)
                .map(fate ->
                    DynamicTest.dynamicTest(
                        "%s, %s write %d".formatted(scene.name(), fate, n),
                        () -> die(scene, end, new Mortality(n, fate), sameStore))));
  }

  private static void die(Scene scene, End end, Mortality life, boolean sameStore) {
    var bench = bench(scene);
    var store = new SharedStore(bench.time);
    var first = life.start(bench, store);
    assertThat(catchThrowable(() -> bench.rest(first))).isInstanceOf(Fault.Death.class);
    first.die();
    bench.time.advance(TAKE_OVER);
    if (!sameStore) {
      bench.resume();
    }

    var next = sameStore ? store : new SharedStore(bench.time);
    bench.rest(new Mortality(0, Fate.CARRIED_OUT).start(bench, next));

    assertThat(bench.picture()).isEqualTo(end.picture());
    assertClean(bench);
  }

  private static Bench bench(Scene scene) {
    var bench = new Bench();
    scene.before().accept(bench);
    scene.change().accept(bench);
    return bench;
  }

  private static void assertClean(Bench bench) {
    assertThat(bench.engine.database(SEARCH).listed()).as("marks").isEmpty();
    Rig.assertOneOfEach(bench);
  }
}
