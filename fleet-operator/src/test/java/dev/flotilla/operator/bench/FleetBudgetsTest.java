package dev.flotilla.operator.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.crds.condition.ConditionType;
import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.fleet.FleetLimits;
import dev.flotilla.operator.core.fleet.FleetLimits.Disruption;
import dev.flotilla.operator.core.fleet.FleetLimits.Limit;
import dev.flotilla.operator.core.status.StatusReport.Truth;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.kube.read.PolicyReader;
import dev.flotilla.topology.lifecycle.Stage;
import dev.flotilla.topology.model.ClusterRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Many databases are made smaller at once: as many do without a member as the policy allows, the
/// others wait in line, and no more members go within a while than that allows.
class FleetBudgetsTest {

  private static final int MANY = 8;

  private final Bench bench = new Bench();
  private final SharedStore store = new SharedStore(bench.time);
  private final List<ClusterRef> databases =
      IntStream.range(0, MANY).mapToObj(i -> new ClusterRef("shop", "db" + i)).toList();
  private Bench.Running running = bench.candidate(store, bench.time::nanos);

  private void allow(int databases, boolean oneZone, int members) {
    var limits = PolicyReader.BUILT_IN;
    var breaker =
        new FleetLimits.Breaker(
            limits.breaker().clusters(), new Limit(members, 0), limits.breaker().window());
    var disruption = new Disruption(databases, oneZone, limits.disruption().allowed());
    bench.cluster.allow(new Reading.Known<>(new FleetLimits(disruption, breaker), Instant.EPOCH));
  }

  private void settle(int members) {
    running.lead();
    databases.forEach(ref -> bench.apply(ref, Specs.of(members)));
    rounds(20);
    databases.forEach(ref -> bench.engine.database(ref).store("orders", 3, 1));
    rounds(5);
  }

  /// Passes over all, or over those alone that the operator wants to look at again.
  private void rounds(int count) {
    for (int n = 0; n < count; n++) {
      databases.forEach(running::pass);
      bench.turn();
      running.watch.deliver();
      assertThat(running.said.faults()).isEmpty();
    }
  }

  private List<ClusterRef> disrupted() {
    return databases.stream()
        .filter(ref ->
            store.drains(ref).values().stream()
                .anyMatch(stage -> stage == Stage.DRAINING || stage == Stage.REMOVING))
        .toList();
  }

  private long removed() {
    return databases.stream()
        .flatMap(ref -> store.drains(ref).values().stream())
        .filter(stage -> stage == Stage.REMOVED)
        .count();
  }

  @Test
  void noMoreDatabasesAreDisruptedThanThePolicyAllowsAndAllHaveTheirTurn() {
    allow(2, false, 100);
    settle(4);

    databases.forEach(ref -> bench.apply(ref, Specs.of(3)));
    int most = 0;
    for (int n = 0; n < 300 && removed() < MANY; n++) {
      rounds(1);
      most = Math.max(most, disrupted().size());
      assertThat(disrupted()).hasSizeLessThanOrEqualTo(2);
    }

    assertThat(removed()).isEqualTo(MANY);
    assertThat(most).isEqualTo(2);
  }

  @Test
  void whoeverWaitsSaysSoAndIsWokenWhenItsTurnHasCome() {
    allow(1, false, 100);
    settle(4);
    bench.engine.database(databases.getFirst()).freeze(true);
    databases.subList(0, 3).forEach(ref -> bench.apply(ref, Specs.of(3)));
    rounds(6);
    assertThat(disrupted()).containsExactly(databases.getFirst());
    assertThat(bench.status(databases.get(1)).condition(ConditionType.PROGRESSING).reason())
        .isEqualTo(Reason.WAITS_FOR_OTHERS);

    bench.engine.database(databases.getFirst()).freeze(false);
    running.woken.clear();
    for (int n = 0; n < 100 && !running.woken.contains(databases.get(1)); n++) {
      running.pass(databases.getFirst());
      bench.turn();
      running.watch.deliver();
    }

    assertThat(disrupted()).doesNotContain(databases.getFirst());
    assertThat(running.woken).contains(databases.get(1)).doesNotContain(databases.get(2));
  }

  /// Somebody took the finalizer away by hand: nothing was found that had ended.
  @Test
  void whoeverWaitsIsWokenWhenADatabaseThatHadItsPlaceIsGone() {
    allow(1, false, 100);
    settle(4);
    var gone = databases.getFirst();
    bench.engine.database(gone).freeze(true);
    databases.subList(0, 2).forEach(ref -> bench.apply(ref, Specs.of(3)));
    rounds(6);
    assertThat(disrupted()).containsExactly(gone);

    running.woken.clear();
    bench.cluster.remove(Thing.Resource.key(gone));
    running.pass(gone);

    assertThat(running.woken).contains(databases.get(1));
  }

  /// Its place in the account comes from what is recorded, before it looks at anybody.
  @Test
  void anotherOperatorKnowsWhoIsDisruptedBeforeItsFirstPass() {
    allow(1, false, 100);
    settle(4);
    var first = databases.getFirst();
    bench.engine.database(first).freeze(true);
    bench.apply(first, Specs.of(3));
    rounds(8);
    assertThat(disrupted()).containsExactly(first);

    running.close();
    bench.time.advance(Duration.ofSeconds(20));
    running = bench.candidate(store, bench.time::nanos).lead();
    var second = databases.get(1);
    bench.apply(second, Specs.of(3));
    for (int n = 0; n < 10; n++) {
      running.pass(second);
      bench.turn();
      running.watch.deliver();
    }

    assertThat(disrupted()).containsExactly(first);
    assertThat(bench.status(second).condition(ConditionType.PROGRESSING).reason())
        .isEqualTo(Reason.WAITS_FOR_OTHERS);
  }

  @Test
  void allOfItStaysInOneZone() {
    allow(MANY, true, 100);
    settle(5);
    var random = new Random(1);

    databases.forEach(ref -> bench.apply(ref, Specs.of(3 + random.nextInt(2))));
    for (int n = 0; n < 200; n++) {
      rounds(1);
      assertThat(
              databases.stream()
                  .flatMap(ref -> store.drains(ref).entrySet().stream())
                  .filter(drain ->
                      drain.getValue() == Stage.DRAINING || drain.getValue() == Stage.REMOVING)
                  .map(drain -> drain.getKey().value().replaceAll(".*-data-([a-c])-.*", "$1"))
                  .distinct())
          .hasSizeLessThanOrEqualTo(1);
    }

    assertThat(databases).allMatch(ref -> bench.cluster.pods(ref).size() <= 4);
  }

  @Test
  @Tag("D12")
  void theBreakerHoldsUntilItsWindowHasPassed() {
    allow(MANY, false, 3);
    settle(4);

    databases.forEach(ref -> bench.apply(ref, Specs.of(3)));
    rounds(60);

    assertThat(removed()).isEqualTo(3);
    var held = new ArrayList<>(databases);
    held.removeIf(ref -> bench.cluster.pods(ref).size() == 3);
    assertThat(held).hasSize(MANY - 3);
    assertThat(bench.status(held.getFirst()).condition(ConditionType.STALLED))
        .satisfies(condition -> {
          assertThat(condition.truth()).isEqualTo(Truth.TRUE);
          assertThat(condition.reason()).isEqualTo(Reason.BREAKER_OPEN);
        });
    assertThat(bench.status(held.getFirst()).condition(ConditionType.DELETION_BLOCKED).truth())
        .isEqualTo(Truth.FALSE);

    bench.time.advance(Duration.ofMinutes(9));
    rounds(30);
    assertThat(removed()).isEqualTo(6);
  }
}
