package dev.flotilla.operator.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.operator.core.view.EngineReport;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.port.EnginePort;
import dev.flotilla.operator.port.Scheduler;
import dev.flotilla.operator.port.StopSignal;
import dev.flotilla.topology.model.ClusterRef;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// One tenant never waits for another, not even for sixty whose engines accept a connection and
/// then say nothing. On real threads and in real time.
class HangingEnginesTest {

  private static final int TENANTS = 60;
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final Bench bench = new Bench();
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch hanging = new CountDownLatch(TENANTS);
  private final CountDownLatch testIsOver = new CountDownLatch(1);
  private final Bench.Running operator = bench.start(new HangingEngine(), new RealTime());

  private final class HangingEngine implements EnginePort {
    @Override
    public Reading<EngineReport> observe(StopSignal stop, Access access) {
      hanging.countDown();
      try {
        testIsOver.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return new Reading.Unknown<>("it never answered");
    }
  }

  private final class RealTime implements Scheduler {
    @Override
    public StopSignal.Registration after(Duration delay, Runnable task) {
      var planned =
          clock.schedule(() -> threads.execute(task), delay.toMillis(), TimeUnit.MILLISECONDS);
      return () -> planned.cancel(false);
    }
  }

  @AfterEach
  void end() {
    testIsOver.countDown();
    threads.close(); // first: what ends now still plans its next turn
    clock.shutdownNow();
  }

  @Test
  @Timeout(60)
  void anotherTenantsChangeGetsItsPodsWithinOnePassAndFiveSeconds() throws Exception {
    var stuck =
        IntStream.range(0, TENANTS).mapToObj(n -> new ClusterRef("shop", "stuck-" + n)).toList();
    stuck.forEach(ref -> bench.apply(ref, Specs.of(3)));
    pass(stuck);
    bench.cluster.settle();
    pass(stuck);
    assertThat(hanging.await(30, TimeUnit.SECONDS)).as("all engines hang").isTrue();

    var other = new ClusterRef("shop", "other");
    bench.apply(other, Specs.of(3));
    var start = System.nanoTime();
    pass(List.of(other));
    var took = Duration.ofNanos(System.nanoTime() - start);

    assertThat(bench.cluster.pods(other)).hasSize(3);
    assertThat(took).isLessThan(LIMIT);
  }

  private void pass(List<ClusterRef> clusters) throws Exception {
    var passes = clusters.stream().map(ref -> threads.submit(() -> operator.pass(ref))).toList();
    for (var pass : passes) {
      pass.get();
    }
  }
}
