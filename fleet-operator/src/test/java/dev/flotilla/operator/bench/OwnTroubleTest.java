package dev.flotilla.operator.bench;

import static dev.flotilla.operator.bench.Bench.SEARCH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.crds.condition.ConditionType;
import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.bench.Fault.Fate;
import dev.flotilla.operator.core.status.StatusReport.Truth;
import dev.flotilla.topology.model.ClusterRef;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a user is told when it is the operator that cannot do its work, or does not know whether it
/// has done it.
class OwnTroubleTest {

  private final Bench bench = new Bench();
  private final Bench.Running operator = bench.start();

  @Test
  void aFaultOfItsOwnIsToldOnceAndGoesByItself() {
    bench.apply(Specs.of(3));
    operator.kube.befall(OwnTroubleTest::breaksOnPods);

    for (int pass = 0; pass < 3; pass++) {
      operator.pass(SEARCH);
      operator.watch.deliver();
    }

    assertSays(ConditionType.STALLED, Truth.TRUE, Reason.INTERNAL_ERROR);
    assertSays(ConditionType.AVAILABLE, Truth.UNKNOWN, Reason.NOT_OBSERVED);
    assertThat(bench.status().phase()).isEqualTo("Blocked");
    assertThat(operator.said.announced()).containsOnlyOnce(Reason.INTERNAL_ERROR);
    assertThat(operator.said.faults()).hasSize(3);
    assertThat(bench.status().condition(ConditionType.STALLED).message())
        .contains("IllegalStateException")
        .doesNotContain("secret");

    operator.kube.befall(Fault.NONE);
    bench.rest(operator);
    assertSays(ConditionType.STALLED, Truth.FALSE, Reason.AS_WANTED);
    assertSays(ConditionType.READY, Truth.TRUE, Reason.AS_WANTED);
  }

  @Test
  void aFaultOnOneClusterLeavesOthersAlone() {
    var other = new ClusterRef("shop", "other");
    bench.apply(Specs.of(3));
    bench.apply(other, Specs.of(3));
    operator.kube.befall(
        (n, what) -> what.contains("search") ? breaksOnPods(n, what) : Fate.CARRIED_OUT);

    operator.pass(SEARCH);
    operator.pass(other);

    assertThat(bench.cluster.pods(SEARCH)).isEmpty();
    assertThat(bench.cluster.pods(other)).hasSize(3);
  }

  /// The report of the fault may be what is broken.
  @Test
  void aFaultInSayingSoIsAFaultAndNoMore() {
    bench.apply(Specs.of(3));
    operator.kube.befall((n, what) -> {
      throw new IllegalStateException("planted");
    });

    operator.pass(SEARCH);

    assertThat(operator.said.faults())
        .singleElement()
        .satisfies(fault -> assertThat(fault.getSuppressed()).hasSize(1));
  }

  @Test
  void aRecordOfMembersThatCannotBeReadBackIsTold() {
    bench.apply(Specs.of(3));
    bench.rest(operator);
    var successor = bench.prepare();
    successor.kube.befallReads(Optional.of("the API server answers 403"));
    successor.takeOver();
    successor.watch.deliver();
    int before = successor.kube.writes().size();

    successor.pass(SEARCH);

    assertSays(ConditionType.STORE_REACHABLE, Truth.FALSE, Reason.STORE_REBUILDING);
    assertThat(bench.status().condition(ConditionType.STORE_REACHABLE).message()).contains("403");
    assertThat(bench.status().phase()).isEqualTo("Unknown");
    assertThat(successor.kube.writes()).hasSize(before + 1);

    successor.kube.befallReads(Optional.empty());
    bench.rest(successor);
    assertSays(ConditionType.STORE_REACHABLE, Truth.TRUE, Reason.AS_WANTED);
    assertSays(ConditionType.READY, Truth.TRUE, Reason.AS_WANTED);
  }

  @Test
  void aWriteWithoutAnAnswerIsToldUntilItIsLookedAt() {
    bench.apply(Specs.of(3));
    bench.rest(operator);
    operator.kube.befall(
        (n, what) -> what.startsWith("create Pod ") ? Fate.REQUEST_LOST : Fate.CARRIED_OUT);
    bench.apply(Specs.of(6));

    operator.pass(SEARCH);

    assertSays(ConditionType.SETTLED, Truth.FALSE, Reason.WRITE_UNCONFIRMED);
    assertThat(operator.said.announced()).as("nobody is asked for help").isEmpty();

    operator.kube.befall(Fault.NONE);
    bench.rest(operator);
    assertThat(bench.status().conditions())
        .extracting(it -> it.reason())
        .doesNotContain(Reason.WRITE_UNCONFIRMED);
    assertThat(bench.status().readyInstances()).isEqualTo(6);
  }

  private static Fate breaksOnPods(int n, String what) {
    if (what.startsWith("create Pod ")) {
      throw new IllegalStateException("secret of write %d".formatted(n));
    }
    return Fate.CARRIED_OUT;
  }

  private void assertSays(ConditionType type, Truth truth, Reason reason) {
    var condition = bench.status().condition(type);
    assertThat(condition.truth()).as(condition.message()).isEqualTo(truth);
    assertThat(condition.reason()).isEqualTo(reason);
  }
}
