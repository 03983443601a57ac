package dev.flotilla.chaos.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.topology.model.ClusterRef;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.io.TempDir;

/// Three whole operators on a real API server that keep the store among themselves, through what
/// happens to them in one life. It takes about two minutes: five processes are started in it, and
/// four times somebody has to take over.
@Tag("control-plane")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class VotingOperatorsOnApiServerTest {

  private static final Duration TAKE_OVER = Duration.ofSeconds(30);
  private static final Duration BACK_AGAIN = Duration.ofSeconds(60);
  private static final long PATIENCE_SECONDS = 120;

  private ApiWorld world;
  private VotingOperators operators;
  private ClusterRef place;
  private long mark;

  @RegisterExtension
  final TestExecutionExceptionHandler evidence =
      (context, failure) -> {
        failure.addSuppressed(new AssertionError(operators.said()));
        throw failure;
      };

  /// Gone, and not started again yet.
  private String lost = "";

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    world = ApiWorld.start();
    operators = new VotingOperators(world, folder);
    place = world.place();
    mark = world.audit.mark();
  }

  @AfterAll
  void end() throws IOException {
    operators.close();
    world.close();
  }

  @Test
  @Order(1)
  @Tag("FE-2")
  void threeThatStartAtOnceFoundOneStore() throws Exception {
    world.apply(place, 3);
    for (String zone : VotingOperators.ZONES) {
      operators.start(zone);
    }
    world.ready(place, 3);

    world.assertOneOfEach(place, mark, 3);
    assertThat(operators.record().orElseThrow().voters())
        .extracting(Object::toString)
        .containsExactly("a.1", "b.1", "c.1");
    assertThat(operators.acting()).isPresent();
  }

  @Test
  @Order(2)
  void oneThatIsKilledIsFollowedWithinThirtySeconds() throws Exception {
    lost = operators.acting().orElseThrow();
    var killed = new CountDownLatch(1);
    var volumes = new AtomicInteger();
    operators
        .way(lost)
        .onArrival(request -> {
          if (request.is("POST", "persistentvolumeclaims") && volumes.incrementAndGet() == 2) {
            operators.kill(lost);
            killed.countDown();
          }
        });
    world.apply(place, 6);
    assertThat(killed.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("killed").isTrue();
    long began = System.nanoTime();
    until(
        () -> operators.acting().filter(zone -> !zone.equals(lost)).isPresent(), TAKE_OVER, began);

    world.ready(place, 6);
    world.assertOneOfEach(place, mark, 6);
  }

  /// It never votes under its old name again, and in the end it counts: without it there would be
  /// no majority.
  @Test
  @Order(3)
  @Tag("RF-1")
  void oneThatLostItsDiskComesBackAsAnotherAndCounts() throws Exception {
    operators.wipe(lost);
    operators.way(lost).onArrival(request -> {});
    operators.start(lost);
    var expected = new TreeSet<String>();
    for (String zone : VotingOperators.ZONES) {
      expected.add(zone + (zone.equals(lost) ? ".2" : ".1"));
    }
    world.until(place, () -> operators.areVoters(expected));

    var next = operators.acting().orElseThrow();
    operators.kill(next);
    long began = System.nanoTime();
    until(
        () -> operators.acting().filter(zone -> !zone.equals(next)).isPresent(), TAKE_OVER, began);
    world.ready(place, 7);
    world.assertOneOfEach(place, mark, 7);
    lost = next;
  }

  /// Those that are left wait, and go on by themselves.
  @Test
  @Order(4)
  void withoutAMajorityNothingIsBegunUntilThereIsOneAgain() throws Exception {
    var two = new ArrayList<>(List.of(operators.acting().orElseThrow(), lost));
    operators.kill(two.getFirst());
    world.apply(place, 8);
    world.quiet(place);
    assertThat(world.claims(place)).hasSize(7);

    for (String zone : two) {
      operators.start(zone);
    }
    long began = System.nanoTime();
    until(() -> world.claims(place).size() == 8, BACK_AGAIN, began);
    world.ready(place, 8);
    world.assertOneOfEach(place, mark, 8);
    assertThat(operators.record().orElseThrow().voters())
        .extracting(Object::toString)
        .as("nobody lost a disk")
        .filteredOn(voter -> voter.endsWith(".2"))
        .hasSize(1);
  }

  private void until(BooleanSupplier condition, Duration limit, long began)
      throws InterruptedException {
    world.until(place, condition);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(limit);
  }
}
