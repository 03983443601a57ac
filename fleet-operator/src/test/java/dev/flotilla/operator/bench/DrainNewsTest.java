package dev.flotilla.operator.bench;

import static dev.flotilla.operator.bench.Bench.SEARCH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.topology.lifecycle.Stage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What Kubernetes is told of a drain: few events, and a status that is not written at each look.
class DrainNewsTest extends DrainScene {

  private static final int COPIES = 120;

  private void settle() {
    running.lead();
    bench.apply(Specs.of(4));
    bench.rest(running);
    bench.engine.database(SEARCH).store("orders", COPIES, 1);
    bench.rest(running);
  }

  private boolean isOver() {
    var stages = store.drains(SEARCH).values();
    return !stages.isEmpty()
        && stages.stream().allMatch(it -> it == Stage.REMOVED || it == Stage.PROVISIONED);
  }

  private void untilOver() {
    until("over", this::isOver);
  }

  private List<String> statusWrites() {
    return running.kube.writes().stream().filter(what -> what.contains("Status ")).toList();
  }

  private List<Reason> announced(int from) {
    return running.said.announced().subList(from, running.said.announced().size());
  }

  @Test
  @Tag("UX-21")
  void aDrainIsToldInTwoEventsAndSixWritesAMinute() {
    settle();
    int events = running.said.announced().size();
    int writes = statusWrites().size();
    var began = bench.time.instant();

    bench.apply(Specs.of(3));
    untilOver();

    var took = Duration.between(began, bench.time.instant());
    assertThat(took).isGreaterThan(Duration.ofMinutes(1));
    assertThat(announced(events)).containsExactly(Reason.DRAINING, Reason.DRAINING);
    assertThat(statusWrites().size() - writes)
        .isBetween(3, Math.toIntExact(6 * (took.toMinutes() + 1)));
  }

  @Test
  @Tag("UX-21")
  void aDrainThatIsTakenBackIsToldInThreeEventsAndRestInNone() {
    settle();
    int events = running.said.announced().size();

    bench.apply(Specs.of(3));
    for (int n = 0; n < 5; n++) {
      round();
    }
    bench.apply(Specs.of(4));
    untilOver();
    assertThat(announced(events))
        .containsExactly(Reason.DRAINING, Reason.DRAIN_UNDONE, Reason.DRAIN_UNDONE);

    bench.rest(running);
    int rested = running.said.announced().size();
    int writes = running.kube.writes().size();
    for (int n = 0; n < 10; n++) {
      bench.time.advance(Duration.ofMinutes(1));
      round();
    }
    assertThat(announced(rested)).isEmpty();
    assertThat(running.kube.writes()).hasSize(writes);
  }
}
