package dev.flotilla.chaos.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.chaos.lab.Places;
import dev.flotilla.crds.v1alpha1.DatabaseCluster;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The files that the demo applies.
class ManifestsTest {

  private static final Path HOME = Places.ofThisMachine(Map.of()).home();

  @Test
  void theSampleIsANamespaceAndADatabase() {
    assertThat(Manifests.load(HOME.resolve("samples/shop-search.yaml")))
        .satisfiesExactly(
            first -> assertThat(first).isInstanceOf(Namespace.class),
            second ->
                assertThat(second)
                    .isInstanceOfSatisfying(
                        DatabaseCluster.class,
                        cluster -> assertThat(cluster.getSpec().topology().zones()).hasSize(3)));
  }

  @Test
  void aFileWithOneObjectGivesOne() {
    assertThat(Manifests.load(HOME.resolve("install/00-namespace.yaml"))).hasSize(1);
  }

  @Test
  void theOperatorIsOneDeployment() {
    assertThat(Manifests.load(HOME.resolve("install/30-operator.yaml")))
        .filteredOn(Deployment.class::isInstance)
        .hasSize(1);
  }
}
