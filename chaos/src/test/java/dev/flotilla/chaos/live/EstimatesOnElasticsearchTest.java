package dev.flotilla.chaos.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.chaos.lab.EngineProcesses;
import dev.flotilla.operator.core.estimate.Outlook;
import dev.flotilla.operator.core.view.Drainage;
import dev.flotilla.operator.core.view.Evacuation;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.engine.elasticsearch.ElasticsearchEngine;
import dev.flotilla.operator.port.Errand;
import dev.flotilla.operator.port.MarkOrder;
import dev.flotilla.operator.port.StopSignal;
import dev.flotilla.topology.model.Epoch;
import dev.flotilla.topology.model.MemberName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What is told of the end of three drains of real Elasticsearch, which is slowed so that each
/// takes two minutes, beside the truth. Looked at every two seconds, as the operator does.
///
/// Takes about eight minutes.
@Tag("cluster")
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EstimatesOnElasticsearchTest {

  private static final Errand ERRAND = new Errand("estimates", "test", new Epoch(1));
  private static final int SECONDS = 120;
  private static final int DRAINS = 3;
  private static final int LOOK = 2;
  private static final int PATIENCE = 30;

  private final ElasticsearchEngine engine = new ElasticsearchEngine(InstantSource.system());
  private EngineProcesses engines;
  private SlowedEngine slowed;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException, InterruptedException {
    engines = EngineProcesses.start(folder, List.of("a", "a", "b", "b"));
    slowed = new SlowedEngine(engines.tenant());
    slowed.fill();
    slowed.settled();
  }

  @AfterAll
  void end() {
    engine.close();
    engines.close();
  }

  /// One look at a drain.
  private record Look(Instant at, Outlook outlook) {}

  @Tag("UX-10")
  @Test
  void whatIsToldIsTheTruth() throws InterruptedException {
    for (MemberName member : engines.members().subList(0, DRAINS)) {
      var looks = watched(member);
      var began = looks.getFirst().at();
      var ended = looks.getLast().at();
      var told = looks.stream().filter(look -> look.outlook() instanceof Outlook.Ends).findFirst();
      assertThat(told).as("after %s", Duration.between(began, ended)).isPresent();
      var at = told.orElseThrow().at();
      assertThat(Duration.between(began, at)).isGreaterThan(Duration.ofSeconds(60 - LOOK));

      long left = Duration.between(at, ended).toSeconds();
      long said =
          Duration.between(at, ((Outlook.Ends) told.orElseThrow().outlook()).at()).toSeconds();
      System.out.printf(
          "drain of %s: %d s; told after %d s: %d s left, in truth %d s%n",
          member,
          Duration.between(began, ended).toSeconds(),
          Duration.between(began, at).toSeconds(),
          said,
          left);
      assertThat((double) said).isBetween(0.7 * left - LOOK, 1.3 * left + LOOK);
    }
  }

  private List<Look> watched(MemberName member) throws InterruptedException {
    var leaving = Set.of(member);
    slowed.slow(bytes(leaving, member) / SECONDS);
    engine.sync(new StopSignal(), engines.access(), ERRAND, MarkOrder.mark(leaving));
    var looks = new ArrayList<Look>();
    var empty = new CountDownLatch(1);
    try (var clock = Executors.newSingleThreadScheduledExecutor()) {
      clock.scheduleAtFixedRate(new Looking(member, looks, empty), 0, LOOK, TimeUnit.SECONDS);
      assertThat(empty.await(3L * SECONDS, TimeUnit.SECONDS)).as("empty in time").isTrue();
      clock.shutdownNow();
    }
    engine.sync(new StopSignal(), engines.access(), ERRAND, MarkOrder.release(leaving));
    slowed.fast();
    slowed.settled();
    return looks;
  }

  /// A member that has much to do may not say it at once.
  private long bytes(Set<MemberName> leaving, MemberName member) throws InterruptedException {
    for (int n = 0; n < PATIENCE; n++) {
      var usage =
          evacuation(leaving)
              .known()
              .flatMap(it -> it.member(member))
              .flatMap(Evacuation.Seat::usage);
      if (usage.isPresent()) {
        return usage.get().bytesLeft();
      }
      var _ = new CountDownLatch(1).await(LOOK, TimeUnit.SECONDS);
    }
    throw new AssertionError(member + " does not say what it stores");
  }

  private Reading<Evacuation> evacuation(Set<MemberName> leaving) {
    return engine.evacuation(new StopSignal(), engines.access(), ERRAND, leaving);
  }

  /// Looks until nothing is left.
  private final class Looking implements Runnable {

    private final MemberName member;
    private final List<Look> looks;
    private final CountDownLatch empty;
    private Drainage drainage = Drainage.unknown("it was not asked yet");

    Looking(MemberName member, List<Look> looks, CountDownLatch empty) {
      this.member = member;
      this.looks = looks;
      this.empty = empty;
    }

    @Override
    public void run() {
      var leaving = Set.of(member);
      var marks = engine.listMarks(new StopSignal(), engines.access(), ERRAND);
      drainage =
          drainage.next(leaving, marks, evacuation(leaving), new Reading.Unknown<>("nobody asked"));
      looks.add(new Look(Instant.now(), drainage.outlook(member)));
      boolean over =
          drainage
              .now()
              .known()
              .flatMap(it -> it.member(member))
              .filter(seat -> seat.copies() == 0)
              .isPresent();
      if (over) {
        empty.countDown();
      }
    }
  }
}
