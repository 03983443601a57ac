package dev.flotilla.operator.bench;

import static dev.flotilla.operator.bench.Bench.SEARCH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.flotilla.operator.bench.Fault.Fate;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The operator ends before or after each of its writes of a rolling change, of a restart that
/// somebody asked for, and of a change together with a smaller count; another one takes over, on
/// the same store or on an empty one. In the end there is what there is without that, and no member
/// was restarted more than once.
class RollKillsTest {

  private static final Duration TAKE_OVER = Duration.ofSeconds(20);

  /// Longer than an engine at rest is left alone.
  private static final Duration AT_REST = Duration.ofMinutes(6);

  /// @param change what the user does
  private record Scene(String name, Consumer<Bench> change) {}

  private static final Scene CHANGE =
      new Scene("change", bench -> bench.apply(Specs.withSetting(Specs.of(4), "size", "9")));

  private static final Scene RESTART = new Scene("restart", bench -> bench.askToRestart("all"));

  private static final Scene SMALLER =
      new Scene(
          "change and scale-in", bench -> bench.apply(Specs.withSetting(Specs.of(3), "size", "9")));

  /// What an undisturbed run leaves.
  private record End(String picture, int writes, Map<String, Integer> deleted) {}

  @TestFactory
  @Tag("R44")
  Stream<DynamicTest> aSuccessorOnTheSameStoreComesToTheSameEnd() {
    return Stream.of(CHANGE, RESTART, SMALLER).flatMap(scene -> everyDeath(scene, true));
  }

  @TestFactory
  @Tag("R44")
  Stream<DynamicTest> aSuccessorWithAnEmptyStoreComesToTheSameEnd() {
    return Stream.of(CHANGE, RESTART, SMALLER).flatMap(scene -> everyDeath(scene, false));
  }

  @Test
  void undisturbedEveryPodIsANewOne() {
    assertThat(undisturbed(CHANGE).deleted()).containsEntry("Pod", 4);
    assertThat(undisturbed(RESTART).deleted()).containsEntry("Pod", 4);
    assertThat(undisturbed(SMALLER).deleted()).containsEntry("Pod", 4);
    assertThat(undisturbed(CHANGE).writes()).isGreaterThan(20);
  }

  private static Bench bench(Scene scene) {
    var bench = new Bench();
    bench.apply(Specs.of(4));
    bench.rest(bench.start());
    bench.engine.database(SEARCH).store("orders", 3, 1);
    bench.engine.database(SEARCH).returnAfter(2);
    bench.resume();
    scene.change().accept(bench);
    return bench;
  }

  private static End undisturbed(Scene scene) {
    var bench = bench(scene);
    var life = new Mortality(0, Fate.CARRIED_OUT);
    toTheEnd(bench, life.start(bench, new SharedStore(bench.time)));
    return new End(bench.picture(), life.writes().size(), bench.cluster.deleted());
  }

  /// Also until the engine was asked at rest, who then has all its copies.
  private static void toTheEnd(Bench bench, Bench.Running running) {
    bench.rest(running);
    bench.time.advance(AT_REST);
    bench.rest(running);
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
    assertThat(catchThrowable(() -> toTheEnd(bench, first))).isInstanceOf(Fault.Death.class);
    first.die();
    bench.time.advance(TAKE_OVER);
    if (!sameStore) {
      bench.resume();
    }

    var next = sameStore ? store : new SharedStore(bench.time);
    toTheEnd(bench, new Mortality(0, Fate.CARRIED_OUT).start(bench, next));

    assertThat(bench.picture()).isEqualTo(end.picture());
    if (sameStore || scene != SMALLER) {
      // Without the store it is not known who was given up: such a one comes back, and goes again.
      assertThat(bench.cluster.deleted()).isEqualTo(end.deleted());
    }
    assertThat(bench.engine.database(SEARCH).listed()).as("marks").isEmpty();
    Rig.assertOneOfEach(bench);
  }
}
