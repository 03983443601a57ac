package dev.flotilla.operator.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.operator.cli.CommandRun;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.Config;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What is installed beside the rights.
class InstallTest {

  @Test
  @Tag("PP-5")
  void thereIsNoStatefulSet() {
    assertThat(Manifests.all())
        .extracting(HasMetadata::getKind)
        .contains("Deployment", "CustomResourceDefinition")
        .doesNotContain("StatefulSet");
  }

  @Test
  void theNamespaceComesFirstAndIsRestricted() {
    assertThat(Manifests.all().getFirst())
        .isInstanceOfSatisfying(
            Namespace.class,
            namespace ->
                assertThat(namespace.getMetadata().getLabels())
                    .containsEntry("pod-security.kubernetes.io/enforce", "restricted"));
  }

  @Test
  void thereIsOneOperatorAndItsImageIsNamedByDigest() {
    assertThat(Manifests.all(Deployment.class))
        .singleElement()
        .satisfies(deployment -> {
          assertThat(deployment.getSpec().getReplicas()).isOne();
          assertThat(deployment.getSpec().getStrategy().getType()).isEqualTo("Recreate");
          assertThat(deployment.getSpec().getTemplate().getSpec().getContainers())
              .allSatisfy(
                  container -> assertThat(container.getImage()).matches(".+@sha256:[0-9a-f]{64}"));
        });
  }

  @Test
  void theOperatorSaysTheVersionThatTheCommandLineCompares() {
    var run = new CommandRun(Config::empty);
    run.run("version", "-o", "name");

    assertThat(Manifests.all(Deployment.class))
        .extracting(deployment ->
            "flotilla/" + deployment.getMetadata().getLabels().get("app.kubernetes.io/version"))
        .containsExactly(run.out().strip());
  }
}
