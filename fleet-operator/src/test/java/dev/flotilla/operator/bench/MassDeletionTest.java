package dev.flotilla.operator.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.crds.condition.ConditionType;
import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.fleet.FleetLimits;
import dev.flotilla.operator.core.fleet.FleetLimits.Limit;
import dev.flotilla.operator.core.status.StatusReport.Truth;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.kube.read.PolicyReader;
import dev.flotilla.operator.shell.PassEnd;
import dev.flotilla.topology.model.ClusterRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Many databases are deleted at once: as many stop as the policy allows, the others serve on and
/// say why, and go in their turn.
@Tag("D12")
class MassDeletionTest {

  private static final Duration WINDOW = Duration.ofMinutes(10);

  private final Bench bench = new Bench();
  private final Bench.Running operator = bench.start();
  private List<ClusterRef> databases = List.of();

  @BeforeEach
  void twentyFiveRun() {
    databases = IntStream.range(0, 25).mapToObj(i -> new ClusterRef("shop", "db" + i)).toList();
    databases.forEach(ref -> bench.apply(ref, Specs.of(3)));
    for (int round = 0; round < 12; round++) {
      round();
    }
    assertThat(databases).allMatch(this::runs);
  }

  @AfterEach
  void withoutAFaultOfItsOwn() {
    assertThat(operator.said.faults()).isEmpty();
  }

  @Test
  void twentyGoAtOnceAsEver() {
    databases.subList(0, 20).forEach(bench::delete);

    round();
    round();
    round();

    assertThat(databases.subList(0, 20)).allMatch(this::isGone);
    assertThat(databases.subList(20, 25)).allMatch(this::runs);
    assertThat(operator.said.announced()).doesNotContain(Reason.BREAKER_OPEN);
  }

  @Test
  void ofTwentyFiveTheLastFiveWaitForTheEndOfTheWindow() {
    databases.forEach(bench::delete);
    round();
    round();
    round();

    assertThat(databases.subList(0, 20)).allMatch(this::isGone);
    assertThat(databases.subList(20, 25)).allMatch(this::isHeld);
    assertThat(operator.said.announced())
        .filteredOn(reason -> reason == Reason.BREAKER_OPEN)
        .hasSize(5);

    bench.time.advance(wakeOf(databases.get(20)).orElseThrow());
    round();
    round();
    round();

    assertThat(databases).allMatch(this::isGone);
  }

  /// It asks for the time at which the window ends: no earlier, or it would be polling.
  @Test
  void whoeverWaitsIsWokenByTimeAndNotBefore() {
    databases.forEach(bench::delete);
    round();

    var wake = wakeOf(databases.get(24)).orElseThrow();

    assertThat(wake).isBetween(WINDOW.minusSeconds(10), WINDOW.plusSeconds(10));
    bench.time.advance(wake.minusSeconds(2));
    round();
    assertThat(databases.subList(20, 25)).allMatch(this::isHeld);
  }

  @Test
  void aHigherLimitLetsThemGoAtOnce() {
    databases.forEach(bench::delete);
    round();
    round();
    assertThat(databases.subList(20, 25)).allMatch(this::isHeld);

    allow(24);
    round();
    round();
    round();

    assertThat(databases.subList(0, 24)).allMatch(this::isGone);
    assertThat(isHeld(databases.get(24))).isTrue();
  }

  @Test
  void withALimitOfNothingNothingGoesAndNoTimeIsNamed() {
    bench.cluster.allow(known(0, 0));
    bench.delete(databases.getFirst());

    round();
    round();

    assertThat(isHeld(databases.getFirst())).isTrue();
    assertThat(wakeOf(databases.getFirst())).isEmpty();
  }

  @Test
  void aPolicyThatMakesNoSenseHoldsEveryDeletionAndNoRepair() {
    bench.cluster.allow(new Reading.Unknown<>("spec.breaker holds what it cannot hold"));
    var healed = databases.get(1);
    bench.delete(databases.getFirst());
    bench.cluster.remove(bench.cluster.pods(healed).getFirst().key());

    round();
    round();
    round();

    assertThat(operator.said.announced()).contains(Reason.FLEET_POLICY_UNKNOWN);
    assertThat(bench.status(databases.getFirst()).condition(ConditionType.DELETION_BLOCKED))
        .satisfies(condition -> {
          assertThat(condition.truth()).isEqualTo(Truth.TRUE);
          assertThat(condition.message()).contains("spec.breaker holds what it cannot hold");
        });
    assertThat(runs(databases.getFirst())).isTrue();
    assertThat(runs(healed)).isTrue();
  }

  private void allow(int clusters) {
    bench.cluster.allow(known(clusters, 2));
  }

  private static Reading<FleetLimits> known(int clusters, int percent) {
    var limits = PolicyReader.BUILT_IN;
    var breaker =
        new FleetLimits.Breaker(
            new Limit(clusters, percent), limits.breaker().members(), limits.breaker().window());
    return new Reading.Known<>(new FleetLimits(limits.disruption(), breaker), Instant.EPOCH);
  }

  /// A pass of each database that there is, in the order of their deletion, and a turn of the
  /// world.
  private void round() {
    databases.stream().filter(ref -> !isGone(ref)).forEach(operator::pass);
    bench.turn();
  }

  private Optional<Duration> wakeOf(ClusterRef ref) {
    return operator.pass(ref) instanceof PassEnd.Waiting(var again) ? again : Optional.empty();
  }

  private boolean runs(ClusterRef ref) {
    var pods = bench.cluster.pods(ref);
    return pods.size() == 3 && pods.stream().noneMatch(Thing.Pod::terminating);
  }

  private boolean isGone(ClusterRef ref) {
    return bench.cluster.get(Thing.Resource.key(ref)).isEmpty();
  }

  private boolean isHeld(ClusterRef ref) {
    var blocked = bench.status(ref).condition(ConditionType.DELETION_BLOCKED);
    return runs(ref)
        && blocked.truth() == Truth.TRUE
        && blocked.reason() == Reason.BREAKER_OPEN
        && blocked.message().contains("raise spec.breaker.clusters of the FleetPolicy default");
  }
}
