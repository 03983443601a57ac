package dev.flotilla.chaos.k3s;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// K3s has what the operator builds on: zones with nodes, a scheduler that keeps to them, and
/// volumes that wait for their pod.
@Tag("k3s")
final class K3sTest {

  private static K3s k3s;

  @BeforeAll
  static void start() {
    k3s = K3s.start();
  }

  @AfterAll
  static void stop() {
    if (k3s != null) {
      k3s.close();
    }
  }

  @Test
  void everyZoneHasANodeThatIsReady() {
    assertThat(k3s.client().nodes().list().getItems())
        .allMatch(K3s::isReady)
        .extracting(node -> node.getMetadata().getLabels().get(K3s.ZONE))
        .containsExactlyInAnyOrderElementsOf(K3s.ZONES);
  }

  /// The pod need not run: its image is never pulled.
  @ParameterizedTest
  @ValueSource(strings = {"a", "b", "c"})
  void aPodOfAZoneIsGivenANodeOfThatZone(String zone) {
    Pod pod =
        new PodBuilder()
            .withNewMetadata()
            .withGenerateName("zone-" + zone + "-")
            .withNamespace("default")
            .endMetadata()
            .withNewSpec()
            .withNodeSelector(Map.of(K3s.ZONE, zone))
            .addNewContainer()
            .withName("nothing")
            .withImage("flotilla.local/nothing")
            .withImagePullPolicy("Never")
            .endContainer()
            .endSpec()
            .build();
    Pod made = k3s.client().resource(pod).create();

    Pod placed =
        k3s.client()
            .resource(made)
            .waitUntilCondition(
                it -> it != null && it.getSpec().getNodeName() != null, 60, TimeUnit.SECONDS);

    Node node = k3s.client().nodes().withName(placed.getSpec().getNodeName()).get();
    assertThat(node.getMetadata().getLabels()).containsEntry(K3s.ZONE, zone);
  }

  @Test
  void itsOwnStorageClassMakesVolumesWhereTheirPodsAre() {
    assertThat(k3s.client().storage().v1().storageClasses().list().getItems())
        .anyMatch(it -> it.getVolumeBindingMode().equals("WaitForFirstConsumer"));
  }
}
