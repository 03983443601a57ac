package dev.flotilla.operator.bench;

import static dev.flotilla.operator.bench.Bench.SEARCH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.operator.core.view.Request;
import dev.flotilla.topology.lifecycle.Deadline.OnTimeout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Members are replaced, drained, wanted back and forgotten, the count goes up and down, and
/// operators die, in any order: in the end there are as many as the count says, every operation
/// that is left has its answer, and no mark is.
class RandomReplacementsTest {

  private static final int RUNS = 60;
  private static final int EVENTS = 12;

  @TestFactory
  Stream<DynamicTest> inAnyOrder() {
    return IntStream.range(0, RUNS)
        .mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> new Run(seed).run()));
  }

  private static final class Run extends DrainScene {

    private final Random random;
    private final List<String> asked = new ArrayList<>();
    private int count = 5;

    Run(int seed) {
      random = new Random(seed);
    }

    void run() {
      bench.allow(20, 1000);
      settle(count, 1);
      for (int event = 0; event < EVENTS; event++) {
        befall("event-" + event);
        for (int round = random.nextInt(12); round > 0; round--) {
          round();
          assertThat(bench.podNames().size()).as("members").isLessThanOrEqualTo(9);
        }
      }
      untilQuiet();
      // What can never be done ends at its deadline.
      bench.time.advance(Duration.ofHours(3));
      untilQuiet();

      assertThat(bench.podNames()).hasSize(count);
      assertThat(asked)
          .allSatisfy(name -> assertThat(bench.told(name).ending()).as(name).isPresent());
      assertWhole();
    }

    private void befall(String name) {
      switch (random.nextInt(8)) {
        case 0, 1, 2 -> ask(Request.Kind.REPLACE, name);
        case 3 -> ask(Request.Kind.DRAIN, name);
        case 4 -> withdraw(it -> bench.cancel(it), false);
        case 5 -> withdraw(it -> bench.cluster.remove(Thing.Operation.key(SEARCH, it)), true);
        case 6 -> {
          count = 4 + random.nextInt(4);
          bench.apply(Specs.of(count));
        }
        default -> {
          running.die();
          bench.time.advance(Duration.ofSeconds(20));
          running = bench.candidate(store, bench.time::nanos).lead();
        }
      }
    }

    private void ask(Request.Kind kind, String name) {
      var members = new ArrayList<>(bench.podNames());
      Collections.shuffle(members, random);
      bench.ask(
          kind,
          name,
          OnTimeout.CANCEL,
          members.subList(0, 1 + random.nextInt(2)).toArray(String[]::new));
      asked.add(name);
    }

    private void withdraw(Consumer<String> how, boolean forget) {
      if (!asked.isEmpty()) {
        var name = asked.get(random.nextInt(asked.size()));
        how.accept(name);
        if (forget) {
          asked.remove(name);
        }
      }
    }
  }
}
