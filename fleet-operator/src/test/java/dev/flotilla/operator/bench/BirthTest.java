package dev.flotilla.operator.bench;

import static dev.flotilla.operator.bench.Bench.SEARCH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.crds.condition.ConditionType;
import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.status.StatusReport.Truth;
import dev.flotilla.operator.core.view.StorageClassView;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What keeps a new cluster from coming into being: nothing is created, the reason is named, and it
/// goes on by itself once the reason is gone.
class BirthTest {

  private final Bench bench = new Bench();
  private final Bench.Running operator = bench.start();

  @Test
  @Tag("AZ-1")
  void aZoneThatNoNodeCarries() {
    bench.cluster.remove("Node c1");
    bench.cluster.remove("Node c2");
    bench.apply(Specs.of(3));

    bench.rest(operator);

    assertNothingIsCreated(ConditionType.ZONES_SATISFIED, Reason.ZONES_INSUFFICIENT);
    bench.cluster.addNode("c1", "c");
    assertItGoesOn();
  }

  @Test
  void aStorageClassThatDoesNotExist() {
    bench.cluster.remove("StorageClass zonal");
    bench.apply(Specs.of(3));

    bench.rest(operator);

    assertNothingIsCreated(ConditionType.STORAGE_READY, Reason.STORAGE_CLASS_MISSING);
    bench.cluster.addStorageClass(new StorageClassView("zonal", true, true, true, List.of()));
    assertItGoesOn();
  }

  @Test
  @Tag("R28")
  void aStorageClassThatBindsBeforeAPodHasANode() {
    bench.cluster.addStorageClass(new StorageClassView("zonal", true, false, true, List.of()));
    bench.apply(Specs.of(3));

    bench.rest(operator);

    assertNothingIsCreated(ConditionType.STORAGE_READY, Reason.STORAGE_BLOCKED);
    bench.cluster.addStorageClass(new StorageClassView("zonal", true, true, true, List.of()));
    assertItGoesOn();
  }

  /// Here it is the pods that wait; they are made anew when the specification is corrected.
  @Test
  void anImageThatDoesNotExist() {
    var image = "registry.example/engine:misspelt";
    bench.cluster.loseImage(image);
    bench.apply(Specs.withImage(Specs.of(3), image));
    bench.rest(operator);
    assertThat(bench.status().condition(ConditionType.STALLED).reason())
        .isEqualTo(Reason.IMAGE_UNAVAILABLE);

    bench.apply(Specs.of(3));
    bench.rest(operator);

    assertThat(bench.status().readyInstances()).isEqualTo(3);
    assertThat(bench.engine.formations()).isEqualTo(1);
    assertThat(bench.cluster.created()).containsEntry("Claim", 3).containsEntry("Pod", 6);
  }

  @Test
  void aDatabaseIsFoundedOnce() {
    bench.apply(Specs.of(6));

    bench.rest(operator);
    bench.apply(Specs.of(9));
    bench.rest(operator);

    assertThat(bench.engine.formations()).isEqualTo(1);
    Rig.assertOneOfEach(bench);
    assertThat(bench.status().readyInstances()).isEqualTo(9);
  }

  private void assertNothingIsCreated(ConditionType type, Reason reason) {
    assertThat(bench.status().condition(type).truth()).isEqualTo(Truth.FALSE);
    assertThat(bench.status().condition(type).reason()).isEqualTo(reason);
    assertThat(operator.said.announced()).contains(reason);
    assertThat(bench.cluster.created())
        .containsOnlyKeys("Epoch", "Node", "Resource", "Status", "StorageClass");
  }

  private void assertItGoesOn() {
    bench.rest(operator);
    assertThat(bench.status().condition(ConditionType.READY).truth()).isEqualTo(Truth.TRUE);
    assertThat(bench.cluster.pods(SEARCH)).hasSize(3);
    assertThat(operator.said.faults()).isEmpty();
  }
}
