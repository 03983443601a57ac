package dev.flotilla.chaos.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.topology.model.ClusterRef;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// One tenant never waits for another: the whole operator with its real queue on a real API server,
/// and sixty tenants whose engines accept connections and never answer.
///
/// Takes about a minute: sixty databases are created first.
@Tag("control-plane")
class HangingEnginesOnApiServerTest {

  private static final int TENANTS = 60;

  /// The promise is five seconds; a busy machine gets three times as long.
  private static final Duration LIMIT = Duration.ofSeconds(15);

  private static final Duration PATIENCE = Duration.ofMinutes(4);

  @Test
  void anotherTenantsChangeBeginsAtOnceWhileSixtyEnginesHang() throws Exception {
    try (var world = ApiWorld.start();
        var detour = new Detour(world.kubeconfig());
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        var engines = new SilentEngines();
        var operator = RunningOperator.start(detour, engines)) {
      var stuck = world.place();
      var reachable = new CountDownLatch(TENANTS);
      try (var _ =
          world.onAdded(
              stuck,
              pod -> {
                if (ApiWorld.isIn(pod, "a")) {
                  threads.execute(() -> {
                    world.kubelets.place(pod);
                    reachable.countDown();
                  });
                }
              })) {
        IntStream.range(0, TENANTS)
            .forEach(
                number -> world.apply(new ClusterRef(stuck.namespace(), "stuck-" + number), 3));
        assertThat(reachable.await(PATIENCE.toSeconds(), TimeUnit.SECONDS))
            .as("every tenant has a member that can be asked")
            .isTrue();
      }
      engines.awaitHanging(TENANTS, PATIENCE);

      var other = world.place();
      var asked = new CountDownLatch(3);
      try (var _ = world.onAdded(other, pod -> asked.countDown())) {
        long start = System.nanoTime();
        world.apply(other, 3);

        assertThat(asked.await(LIMIT.toSeconds(), TimeUnit.SECONDS))
            .as("all pods of another tenant are asked for")
            .isTrue();
        System.out.printf(
            "another tenant's pods after %d ms beside %d engines that hang%n",
            Duration.ofNanos(System.nanoTime() - start).toMillis(), TENANTS);
      }
      assertThat(operator.hasFailed()).isFalse();
    }
  }
}
