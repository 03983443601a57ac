package dev.flotilla.operator.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.EngineReport;
import dev.flotilla.operator.core.view.EngineReport.Health;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.topology.model.MemberName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What the engine says right before a restart counts, whatever it said when that was planned.
class BeforeRestartTest {

  private static final MemberName NEXT = new MemberName("search-data-b-bbbbbb");
  private static final MemberName LAST = new MemberName("search-data-a-aaaaaa");

  private static Step.RestartPod step(boolean idle) {
    return new Step.RestartPod(
        NEXT, "uid", "7", idle, idle ? List.of() : List.of(LAST), Reason.RESTARTING);
  }

  private static Optional<Outcome> objection(Step.RestartPod step, Reading<EngineReport> now) {
    return Drainer.objection(step, now);
  }

  private static Reading<EngineReport> said(Health health, MemberName... members) {
    var nodes =
        Stream.of(members)
            .map(name -> new EngineReport.Node(name.value(), "id", "9.5.2", 1, 0))
            .toList();
    return new Reading.Known<>(new EngineReport("engine-1", health, nodes), Instant.EPOCH);
  }

  @Test
  void whoServesIsRestartedWhileEverythingIsThere() {
    assertThat(objection(step(false), said(Health.GREEN, LAST, NEXT))).isEmpty();
  }

  /// The plan knew of an older answer, from before the last member was ended.
  @Test
  void notWhileTheLastOneHasNotAllItsCopiesBack() {
    assertThat(objection(step(false), said(Health.YELLOW, LAST, NEXT)))
        .containsInstanceOf(Outcome.Outdated.class);
  }

  @Test
  void notWhileTheLastOneHasNotJoined() {
    assertThat(objection(step(false), said(Health.GREEN, NEXT)))
        .containsInstanceOf(Outcome.Outdated.class);
  }

  @Test
  void notWhileNobodyKnows() {
    assertThat(objection(step(false), new Reading.Unknown<>("it answers 503")))
        .containsInstanceOf(Outcome.Refused.class);
  }

  @Test
  void whoServesNothingIsNotWaitedFor() {
    assertThat(objection(step(true), said(Health.YELLOW, LAST))).isEmpty();
  }

  @Test
  void whoHasJoinedMeanwhileServes() {
    assertThat(objection(step(true), said(Health.GREEN, LAST, NEXT)))
        .containsInstanceOf(Outcome.Outdated.class);
  }
}
