package dev.flotilla.operator.bench;

import static dev.flotilla.operator.bench.Bench.SEARCH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.operator.port.EnginePort;
import dev.flotilla.operator.port.Errand;
import dev.flotilla.operator.port.MarkOrder;
import dev.flotilla.operator.port.MarkResult;
import dev.flotilla.operator.port.StopSignal;
import dev.flotilla.topology.model.ClusterRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Engines that take a write and never answer it: a pass over such a database ends in time, and
/// takes from no other one the place to have its own.
class LongPassesTest extends DrainScene {

  /// As many as the operator has threads for passes.
  private static final int PASSES_AT_ONCE = 32;

  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final Duration LONGEST_PASS = Duration.ofSeconds(60);

  private final ExecutorService passes = Executors.newFixedThreadPool(PASSES_AT_ONCE);
  private final Semaphore hanging = new Semaphore(0);

  /// Of whatever is written it answers nothing until the caller gives up.
  private EnginePort deaf() {
    return new RelayedEngine(bench.engine) {
      @Override
      public MarkResult sync(StopSignal stop, Access access, Errand errand, MarkOrder order) {
        var given = new CountDownLatch(1);
        try (var _ = stop.onStop(given::countDown)) {
          hanging.release();
          var _ = given.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        stop.throwIfStopped();
        return new MarkResult.Unconfirmed("it did not answer in time");
      }
    };
  }

  @AfterEach
  void end() {
    passes.shutdownNow();
  }

  private void takeOver() {
    running.close();
    bench.time.advance(Duration.ofSeconds(20));
    running = bench.candidate(deaf(), store).lead();
  }

  @Test
  @Tag("DR-3")
  @Timeout(60)
  void aPassThatWaitsForAnEngineIsEndedInTime() throws Exception {
    settle(5, 1);
    takeOver();
    bench.apply(Specs.of(4));
    var began = bench.time.instant();
    Future<?> pass = passes.submit(() -> {});
    for (int n = 0; n < 50 && !hanging.tryAcquire(100, TimeUnit.MILLISECONDS); n++) {
      if (pass.isDone()) {
        bench.turn();
        running.watch.deliver();
        began = bench.time.instant();
        pass = passes.submit(() -> running.pass(SEARCH));
      }
    }
    assertThat(pass.isDone()).as("it waits for the engine").isFalse();

    bench.time.advance(LONGEST_PASS);
    pass.get(LIMIT.toSeconds(), TimeUnit.SECONDS);

    assertThat(Duration.between(began, bench.time.instant())).isLessThanOrEqualTo(LONGEST_PASS);
    assertThat(running.said.faults()).isEmpty();
  }

  /// More of them than there are threads for passes; all others go on as if nothing were.
  @Test
  @Tag("ZD-6")
  @Tag("R38")
  @Timeout(120)
  void blockedDrainsDelayNobodyElse() throws Exception {
    int stuck = PASSES_AT_ONCE + 8;
    int others = 200;
    bench.allow(1_000, 1_000);
    running.lead();
    var blocked = named("stuck", stuck);
    var free = named("free", others);
    blocked.forEach(ref -> bench.apply(ref, Specs.of(4)));
    free.forEach(ref -> bench.apply(ref, Specs.of(3)));
    for (int n = 0; n < 12; n++) {
      blocked.forEach(running::pass);
      free.forEach(running::pass);
      bench.turn();
      running.watch.deliver();
    }
    blocked.forEach(ref -> bench.engine.database(ref).store("orders", 3, 1));
    takeOver();
    blocked.forEach(running::pass);
    free.forEach(running::pass);
    bench.turn();
    blocked.forEach(ref -> bench.apply(ref, Specs.of(3)));
    for (int n = 0; n < 6; n++) {
      blocked.forEach(ref -> passes.submit(() -> running.pass(ref)));
      if (hanging.tryAcquire(1, TimeUnit.SECONDS)) {
        break;
      }
      bench.turn();
      running.watch.deliver();
    }
    blocked.forEach(ref -> passes.submit(() -> running.pass(ref)));

    var waits = new ArrayList<Future<Duration>>();
    for (var ref : free) {
      bench.apply(ref, Specs.of(4));
      var asked = System.nanoTime();
      waits.add(
          passes.submit(() -> {
            running.pass(ref);
            return Duration.ofNanos(System.nanoTime() - asked);
          }));
    }
    for (var wait : waits) {
      assertThat(wait.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isLessThan(LIMIT);
    }
    assertThat(free).allMatch(ref -> bench.cluster.pods(ref).size() == 4);
    assertThat(running.said.faults()).isEmpty();
  }

  private static List<ClusterRef> named(String name, int count) {
    return IntStream.range(0, count).mapToObj(n -> new ClusterRef("shop", name + n)).toList();
  }
}
