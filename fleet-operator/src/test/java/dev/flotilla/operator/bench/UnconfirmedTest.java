package dev.flotilla.operator.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.operator.bench.Fault.Fate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Writes get no answer: what may have happened is looked at before anything else is done, so that
/// nothing is done twice and nothing is left out.
class UnconfirmedTest {

  @TestFactory
  Stream<DynamicTest> oneAnswerIsLost() {
    return Rig.all().flatMap(rig -> each(rig, Fate.ANSWER_LOST, false));
  }

  @TestFactory
  Stream<DynamicTest> oneRequestIsLost() {
    return Rig.all().flatMap(rig -> each(rig, Fate.REQUEST_LOST, false));
  }

  @TestFactory
  Stream<DynamicTest> oneAnswerIsLostAndTheWatchLags() {
    return Rig.all().flatMap(rig -> each(rig, Fate.ANSWER_LOST, true));
  }

  @TestFactory
  Stream<DynamicTest> everyAnswerIsLost() {
    return Rig.all()
        .map(rig ->
            DynamicTest.dynamicTest(
                rig.name(), () -> run(rig, (n, what) -> Fate.ANSWER_LOST, false)));
  }

  @TestFactory
  Stream<DynamicTest> everySecondRequestIsLost() {
    return Rig.all()
        .map(rig ->
            DynamicTest.dynamicTest(
                rig.name(),
                () ->
                    run(
                        rig,
                        (n, what) -> n % 2 == 0 ? Fate.REQUEST_LOST : Fate.CARRIED_OUT,
                        false)));
  }

  private static Stream<DynamicTest> each(Rig rig, Fate fate, boolean lagging) {
    return IntStream.rangeClosed(2, rig.undisturbed().writes())
        .mapToObj(at ->
            DynamicTest.dynamicTest(
                "%s, %s write %d".formatted(rig, fate, at),
                () -> run(rig, (n, what) -> n == at ? fate : Fate.CARRIED_OUT, lagging)));
  }

  private static void run(Rig rig, Fault fault, boolean lagging) {
    var bench = rig.bench();
    var operator = bench.start();
    operator.kube.befall(fault);
    if (lagging) {
      operator.watch.lag();
    }
    bench.rest(operator);

    Rig.assertSame(bench, rig.undisturbed());
    assertThat(operator.said.faults()).isEmpty();
    assertThat(operator.said.announced()).as("nothing is wrong").isEmpty();
  }
}
