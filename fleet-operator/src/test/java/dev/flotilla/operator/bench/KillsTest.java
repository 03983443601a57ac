package dev.flotilla.operator.bench;

import static dev.flotilla.operator.bench.Bench.SEARCH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.flotilla.operator.bench.Fault.Fate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The operator ends before or after each of its writes, and a new one with an empty store takes
/// over: what there is in the end, and what it took, is what it is without that.
@Tag("R41")
class KillsTest {

  @TestFactory
  Stream<DynamicTest> theWorldGoesOnBetweenDeathAndTakeOver() {
    return Rig.all().flatMap(rig -> everyDeath(rig, true, false));
  }

  @TestFactory
  Stream<DynamicTest> theSuccessorIsThereAtOnce() {
    return Rig.all().flatMap(rig -> everyDeath(rig, false, false));
  }

  @TestFactory
  Stream<DynamicTest> theWatchLagsBehind() {
    return Rig.all().flatMap(rig -> everyDeath(rig, false, true));
  }

  @Test
  void theUndisturbedRunsWriteSomething() {
    assertThat(Rig.all().map(rig -> rig.undisturbed().writes()))
        .allSatisfy(writes -> assertThat(writes).isGreaterThan(5));
  }

  private static Stream<DynamicTest> everyDeath(Rig rig, boolean worldGoesOn, boolean lagging) {
    var undisturbed = rig.undisturbed();
    return IntStream.rangeClosed(1, undisturbed.writes())
        .boxed()
        .flatMap(n ->
            Stream.of(Fate.DIES_BEFORE, Fate.DIES_AFTER)
                .map(fate ->
                    DynamicTest.dynamicTest(
                        "%s, %s write %d".formatted(rig, fate, n),
                        () -> run(rig, undisturbed, Fault.dies(n, fate), worldGoesOn, lagging))));
  }

  private static void run(
      Rig rig, Rig.Outcome undisturbed, Fault death, boolean worldGoesOn, boolean lagging) {
    var bench = rig.bench();
    var first = bench.prepare();
    first.kube.befall(death);
    if (lagging) {
      first.watch.lag();
    }
    assertThat(catchThrowable(() -> bench.rest(first.takeOver()))).isInstanceOf(Fault.Death.class);
    if (worldGoesOn) {
      bench.turn();
      bench.turn();
    }

    var second = bench.prepare();
    if (lagging) {
      second.watch.lag();
    }
    bench.rest(second.takeOver());

    Rig.assertSame(bench, undisturbed);
    assertThat(second.said.faults()).isEmpty();
    assertThat(second.said.announced()).as("nothing is wrong").isEmpty();
    assertThat(bench.status().instances()).isEqualTo(bench.cluster.claims(SEARCH).size());
  }
}
