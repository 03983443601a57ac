package dev.flotilla.operator.shell.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.operator.core.fleet.Disruptions;
import dev.flotilla.operator.core.fleet.FleetLimits.Disruption;
import dev.flotilla.operator.kube.read.PolicyReader;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.MemberName;
import dev.flotilla.topology.model.Zone;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The accounts of what all databases do together, also when many passes ask at the same moment.
class BudgetTest {

  private static final int MANY = 200;
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Disruption LIMITS = PolicyReader.BUILT_IN.disruption();
  private static final SortedSet<Zone> NONE = Collections.emptySortedSet();
  private static final SortedSet<Zone> A = new TreeSet<>(List.of(new Zone("a")));
  private static final SortedSet<Zone> B = new TreeSet<>(List.of(new Zone("b")));

  private final Budget budget = new Budget();
  private final GivenUp givenUp = new GivenUp();

  private static ClusterRef ref(int n) {
    return new ClusterRef("shop", "db" + n);
  }

  /// How many of many passes get a yes, all at the same time.
  private static long admitted(IntPredicate pass) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var passes =
          IntStream.range(0, MANY).mapToObj(n -> threads.submit(() -> pass.test(n))).toList();
      long count = 0;
      for (Future<Boolean> each : passes) {
        count += each.get() ? 1 : 0;
      }
      return count;
    }
  }

  @Test
  void asManyBeginAsMayHoweverManyAskAtOnce() throws Exception {
    assertThat(admitted(n -> budget.begin(ref(n), A, LIMITS))).isEqualTo(LIMITS.maxClusters());
  }

  @Test
  @Tag("D12")
  void asManyAreGivenUpAsMayHoweverManyAskAtOnce() throws Exception {
    var limits = PolicyReader.BUILT_IN;
    IntStream.range(0, MANY).forEach(n -> givenUp.counted(ref(n), 4));

    long gone = admitted(n -> givenUp.begin(ref(n), new MemberName("m" + n), NOW, limits));

    assertThat(gone).isEqualTo(MANY * 4 * limits.breaker().members().percent() / 100);
    assertThat(givenUp.losses(NOW.minusSeconds(1)).givenUp()).hasSize((int) gone);
    assertThat(givenUp.losses(NOW).givenUp()).as("a window later").isEmpty();
  }

  @Test
  void oneThatIsTriedAgainCountsOnce() {
    var limits = PolicyReader.BUILT_IN;
    for (int n = 0; n < 10; n++) {
      assertThat(givenUp.begin(ref(1), new MemberName("m1"), NOW, limits)).isTrue();
    }
    assertThat(givenUp.losses(NOW.minusSeconds(1)).givenUp()).hasSize(1);
  }

  @Test
  void whoeverHasAPlaceKeepsItAndAnotherZoneHasNone() {
    assertThat(budget.begin(ref(1), A, LIMITS)).isTrue();
    assertThat(budget.begin(ref(1), A, LIMITS)).isTrue();
    assertThat(budget.begin(ref(2), B, LIMITS)).isFalse();
    assertThat(
            budget.begin(ref(2), B, new Disruption(LIMITS.maxClusters(), false, LIMITS.allowed())))
        .isTrue();
  }

  /// Otherwise those who come later for the zone of today would make it wait for ever.
  @Test
  void nobodyOvertakesWhoWaitsForAnotherZone() {
    budget.begin(ref(1), A, LIMITS);
    budget.waits(ref(2), B);

    assertThat(budget.begin(ref(3), A, LIMITS)).isFalse();
    budget.waits(ref(3), A);

    assertThat(budget.found(ref(1), NONE)).as("a place is free").isTrue();
    assertThat(budget.first(1)).containsExactly(ref(2));
    assertThat(budget.begin(ref(2), B, LIMITS)).isTrue();
    assertThat(budget.others(ref(3))).isEqualTo(new Disruptions(1, B, 0, NONE));
  }

  /// Nobody was in the line when the place was given back, so nobody was woken.
  @Test
  void whoeverJoinsTheLineTooLateSeesThatThereIsRoom() {
    budget.begin(ref(1), A, LIMITS);
    assertThat(budget.others(ref(2)).allows(B, LIMITS)).as("when it looks").isFalse();
    budget.found(ref(1), NONE);

    budget.waits(ref(2), B);

    assertThat(budget.hasRoom(ref(2), B, LIMITS)).isTrue();
    budget.waits(ref(3), A);
    assertThat(budget.hasRoom(ref(3), A, LIMITS)).as("others came first").isFalse();
  }

  @Test
  void whoeverDoesNotWaitAnyMoreLeavesTheLine() {
    budget.waits(ref(1), A);
    budget.waits(ref(2), A);

    assertThat(budget.waits(ref(1), NONE)).isTrue();
    assertThat(budget.waits(ref(1), NONE)).isFalse();
    assertThat(budget.first(5)).containsExactly(ref(2));
  }

  @Test
  void itBeginsAnewWithWhatIsRecorded() {
    budget.waits(ref(1), B);
    budget.begin(ref(2), A, LIMITS);

    budget.refill(Map.of(ref(3), B));

    assertThat(budget.others(ref(9))).isEqualTo(new Disruptions(1, B, 0, NONE));
  }
}
