package dev.flotilla.operator.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.operator.core.view.Authority;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Two operators at once: the newer one acts, and what the older one had under way does no harm.
class TwoOperatorsTest {

  @TestFactory
  Stream<DynamicTest> anOlderOneIsPausedInAWriteAndItsWriteLandsLate() {
    return Rig.all().flatMap(rig -> everyPause(rig, false));
  }

  /// Worse than a pause: the older one's watch stands still, so it goes on with its whole plan.
  @TestFactory
  Stream<DynamicTest> anOlderOneIsPausedAndDoesNotLearnOfTheNewerOne() {
    return Rig.all().flatMap(rig -> everyPause(rig, true));
  }

  @TestFactory
  Stream<DynamicTest> twoAreStartedAtOnce() {
    return Rig.all()
        .map(rig ->
            DynamicTest.dynamicTest(
                rig.name(),
                () -> {
                  var bench = rig.bench();
                  var one = bench.prepare();
                  var two = bench.prepare();
                  one.watch.lag(); // it sees its own take-over and not yet the other one's
                  one.takeOver();
                  two.takeOver();
                  bench.rest(one, two);
                  Rig.assertSame(bench, rig.undisturbed());
                }));
  }

  @Test
  void anOlderOneWritesNothingOnceItSeesANewerEpoch() {
    var bench = new Bench();
    var older = bench.start();
    bench.apply(Specs.of(3));
    bench.rest(older);
    var newer = bench.start();
    int before = older.kube.writes().size();

    bench.apply(Specs.of(6));
    bench.rest(older);

    assertThat(older.kube.writes()).hasSize(before);
    bench.rest(newer);
    assertThat(bench.podNames()).hasSize(6);
  }

  @Test
  void anOperatorThatHasNotTakenOverWritesNothing() {
    var bench = new Bench();
    var idle = bench.prepare();
    bench.apply(Specs.of(3));

    bench.rest(idle);

    assertThat(idle.kube.writes()).isEmpty();
  }

  /// Its first passes may have come before it was allowed to act, and then nothing else would bring
  /// about another one.
  @Test
  void anOperatorThatTakesOverLooksAtEveryCluster() {
    var bench = new Bench();
    bench.apply(Specs.of(3));
    var newer = bench.prepare();
    newer.pass(Bench.SEARCH);
    assertThat(newer.woken).isEmpty();

    newer.takeOver();

    assertThat(newer.woken).containsExactly(Bench.SEARCH);
  }

  private static Stream<DynamicTest> everyPause(Rig rig, boolean blind) {
    var undisturbed = rig.undisturbed();
    return IntStream.rangeClosed(2, undisturbed.writes())
        .mapToObj(n ->
            DynamicTest.dynamicTest(
                "%s, paused in write %d".formatted(rig, n),
                () -> pause(rig, undisturbed, n, blind)));
  }

  private static void pause(Rig rig, Rig.Outcome undisturbed, int at, boolean blind) {
    var bench = rig.bench();
    var older = bench.start();
    var newer = bench.prepare();
    older.kube.befall(
        Fault.pauses(
            at,
            () -> {
              if (blind) {
                older.watch.lag();
              }
              bench.rest(newer.takeOver());
            }));

    bench.rest(older);
    int written = older.kube.writes().size();
    bench.rest(older, newer);

    Rig.assertSame(bench, undisturbed);
    assertThat(older.kube.writes()).as("the older one has stopped").hasSize(written);
    assertThat(older.said.faults()).isEmpty();
    assertThat(newer.said.faults()).isEmpty();
    if (!blind) {
      assertThat(written).as("only the late write itself").isEqualTo(at);
    }
    assertThat(older.authority()).isInstanceOf(Authority.NotActing.class);
  }
}
