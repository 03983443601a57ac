package dev.flotilla.chaos.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.topology.model.ClusterRef;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Two whole operators at once on a real API server: the newer one acts, the older one stops by
/// itself, and no slot ever gets two bodies or two names.
@Tag("control-plane")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoOperatorsOnApiServerTest {

  private static final String OVERTAKEN = "an operator that started later acts";
  private static final long PATIENCE_SECONDS = 60;

  private ApiWorld world;

  @BeforeAll
  void start() throws IOException {
    world = ApiWorld.start();
  }

  @AfterAll
  void end() {
    world.close();
  }

  /// Both have read the number in `flotilla-store` before either of them raises it.
  @Test
  void twoThatAreStartedAtOnceMakeEveryMemberOnce() throws Exception {
    var place = world.place();
    world.apply(place, 3);
    long mark = world.audit.mark();
    var met = new CountDownLatch(2);
    Detour.Arrival meet =
        request -> {
          if (request.isWrite() && request.isAbout("configmaps")) {
            met.countDown();
            met.await();
          }
        };
    try (var one = new Detour(world.kubeconfig());
        var two = new Detour(world.kubeconfig());
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      one.onArrival(meet);
      two.onArrival(meet);
      var left = threads.submit(() -> RunningOperator.start(one, world.engine));
      var right = threads.submit(() -> RunningOperator.start(two, world.engine));
      try (var first = left.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
          var second = right.get(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        world.ready(place, 3);
        world.until(
            place,
            () ->
                List.of(first, second).stream().filter(it -> it.readiness().equals("ok")).count()
                    == 1);

        assertThat(List.of(first.readiness(), second.readiness()))
            .anySatisfy(it -> assertThat(it).contains(OVERTAKEN));
        world.assertOneOfEach(place, mark, 3);
        assertThat(first.hasFailed() || second.hasFailed()).isFalse();
      }
    }
  }

  /// The write in which the first operator is paused.
  enum Pause {
    FOUNDING(0, 3, "secrets", 1),
    SECOND_VOLUME(0, 3, "persistentvolumeclaims", 2),
    SECOND_POD(0, 3, "pods", 2),
    SECOND_VOLUME_OF_A_SCALE_OUT(3, 6, "persistentvolumeclaims", 2);

    final int before;
    final int after;
    private final String plural;
    private final int count;

    /// @param before members that are ready at the beginning
    /// @param after members that are wanted then
    /// @param count of the creates of this kind, in which it is paused
    Pause(int before, int after, String plural, int count) {
      this.before = before;
      this.after = after;
      this.plural = plural;
      this.count = count;
    }

    /// Pauses all that takes the detour.
    private Detour.Arrival on(Detour detour, CountDownLatch paused) {
      var seen = new AtomicInteger();
      return request -> {
        if (request.is("POST", plural) && seen.incrementAndGet() == count) {
          detour.pause();
          paused.countDown();
        }
      };
    }
  }

  /// When it goes on, its write lands late, and others that it had decided on before it learnt of
  /// the newer one.
  @ParameterizedTest
  @EnumSource
  void aPausedOneThatGoesOnDoublesNothingAndStops(Pause pause) throws Exception {
    var place = world.place();
    long mark = world.audit.mark();
    try (var slow = new Detour(world.kubeconfig());
        var direct = new Detour(world.kubeconfig());
        var first = RunningOperator.start(slow, world.engine)) {
      if (pause.before > 0) {
        world.ready(place, pause.before);
      }
      var paused = new CountDownLatch(1);
      slow.onArrival(pause.on(slow, paused));
      world.apply(place, pause.after);
      assertThat(paused.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("paused").isTrue();

      try (var second = RunningOperator.start(direct, world.engine)) {
        world.ready(place, pause.after);
        var done = world.picture(place);
        slow.resume();
        world.until(place, () -> first.readiness().contains(OVERTAKEN));
        world.until(place, () -> world.picture(place).equals(done));

        world.assertOneOfEach(place, mark, pause.after);
        assertWritesNothingMore(slow, place, pause.after + 3);
        assertThat(second.readiness()).isEqualTo("ok");
        assertThat(first.hasFailed() || second.hasFailed()).isFalse();
      }
    }
  }

  private void assertWritesNothingMore(Detour slow, ClusterRef place, int members)
      throws InterruptedException {
    var writes = new AtomicInteger();
    slow.onArrival(request -> writes.addAndGet(request.isWrite() ? 1 : 0));
    world.ready(place, members);
    assertThat(writes).as("writes of the one that was overtaken").hasValue(0);
  }
}
