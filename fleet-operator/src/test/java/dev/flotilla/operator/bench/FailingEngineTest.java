package dev.flotilla.operator.bench;

import static dev.flotilla.operator.bench.Bench.SEARCH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.operator.core.view.EngineReport;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.port.EnginePort;
import dev.flotilla.operator.port.Errand;
import dev.flotilla.operator.port.MarkOrder;
import dev.flotilla.operator.port.MarkResult;
import dev.flotilla.operator.port.StopSignal;
import dev.flotilla.topology.lifecycle.Stage;
import dev.flotilla.topology.model.MemberName;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// For ten minutes three of ten requests to an engine and to Kubernetes fail, half of them after
/// they were carried out; then all is well again.
@Tag("R6")
class FailingEngineTest extends DrainScene {

  private static final Duration TROUBLE = Duration.ofMinutes(10);
  private static final double SHARE = 0.3;
  private static final List<String> BY_HAND = List.of("10.0.0.7");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whatIsListedIsWhatIsRecorded(long seed) {
    var random = new Random(seed);
    settle(7, 1);
    database().markByHand(BY_HAND);
    running.close();
    bench.time.advance(Duration.ofSeconds(20));
    var flaky = new FlakyEngine(bench.engine, random);
    running = bench.candidate(flaky, store).lead();
    running.kube.befall((n, what) -> flaky.fate());

    var end = bench.time.instant().plus(TROUBLE);
    int wanted = 7;
    while (bench.time.instant().isBefore(end)) {
      if (random.nextInt(15) == 0) {
        wanted = 4 + random.nextInt(4);
        bench.apply(Specs.of(wanted));
      }
      round();
    }
    assertThat(flaky.failed).as("failures").isGreaterThan(100);
    flaky.heal();

    var last = wanted;
    until(
        "as wanted",
        () -> bench.cluster.pods(SEARCH).size() == last && in(Stage.REMOVING).isEmpty());
    assertThat(new TreeSet<>(database().listed()))
        .isEqualTo(
            in(Stage.DRAINING).stream()
                .map(MemberName::value)
                .collect(Collectors.toCollection(() -> new TreeSet<>(BY_HAND))));
    untilQuiet();
    assertThat(database().listed()).isEqualTo(BY_HAND);
    assertThat(database().health()).isEqualTo(EngineReport.Health.GREEN);
    Rig.assertOneOfEach(bench);
  }

  /// A line to an engine that loses questions, and answers.
  private static final class FlakyEngine extends RelayedEngine {

    private final Random random;
    private boolean healed;
    private int failed;

    private FlakyEngine(EnginePort engine, Random random) {
      super(engine);
      this.random = random;
    }

    private void heal() {
      healed = true;
    }

    private Fault.Fate fate() {
      if (healed || random.nextDouble() >= SHARE) {
        return Fault.Fate.CARRIED_OUT;
      }
      failed++;
      return random.nextBoolean() ? Fault.Fate.ANSWER_LOST : Fault.Fate.REQUEST_LOST;
    }

    @Override
    protected <T> Reading<T> read(Supplier<Reading<T>> question) {
      var answer = question.get();
      return fate() == Fault.Fate.CARRIED_OUT ? answer : new Reading.Unknown<>("it answered 503");
    }

    @Override
    public MarkResult sync(StopSignal stop, Access access, Errand errand, MarkOrder order) {
      return switch (fate()) {
        case REQUEST_LOST -> new MarkResult.Unconfirmed("the connection was closed");
        case ANSWER_LOST -> {
          super.sync(stop, access, errand, order);
          yield new MarkResult.Unconfirmed("the connection was closed");
        }
        default -> super.sync(stop, access, errand, order);
      };
    }
  }
}
