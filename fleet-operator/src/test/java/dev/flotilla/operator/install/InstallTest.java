package dev.flotilla.operator.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.operator.cli.CommandRun;
import dev.flotilla.operator.cli.install.Installation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.Config;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is installed beside the rights.
class InstallTest {

  private static final String IMAGE = "example.org/operator@sha256:" + "1".repeat(64);

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

  @Test
  void whatTheCommandPrintsIsTheWholeFolder() {
    assertThat(Installation.standard().objects()).isEqualTo(Manifests.all());
  }

  @Test
  @Tag("PP-5")
  void eachZoneGetsAnOperatorWithADiskOfItsOwn() {
    var install = new CommandRun(Config::empty);
    install.run(
        "install", "--zones", "eu-1c,eu-1a,eu-1b", "--image", IMAGE, "--storage-class", "fast");

    assertThat(Manifests.read(install.out(), Deployment.class))
        .extracting(it -> it.getMetadata().getName())
        .containsExactly("operator-eu-1a", "operator-eu-1b", "operator-eu-1c");
    assertThat(Manifests.read(install.out(), Deployment.class))
        .allSatisfy(operator -> {
          var zone = operator.getMetadata().getName().substring("operator-".length());
          var pod = operator.getSpec().getTemplate();
          assertThat(operator.getSpec().getReplicas()).isOne();
          assertThat(operator.getSpec().getStrategy().getType()).isEqualTo("Recreate");
          assertThat(operator.getSpec().getSelector().getMatchLabels())
              .containsEntry("flotilla.dev/zone", zone);
          assertThat(pod.getSpec().getNodeSelector())
              .containsEntry("topology.kubernetes.io/zone", zone);
          assertThat(pod.getSpec().getContainers())
              .singleElement()
              .satisfies(container -> assertThat(container.getImage()).isEqualTo(IMAGE));
        });
    assertThat(Manifests.read(install.out(), PersistentVolumeClaim.class))
        .hasSize(3)
        .allSatisfy(disk -> assertThat(disk.getSpec().getStorageClassName()).isEqualTo("fast"));
    assertThat(Manifests.read(install.out(), PodDisruptionBudget.class))
        .singleElement()
        .satisfies(budget -> assertThat(budget.getSpec().getMaxUnavailable().getIntVal()).isOne());
    assertThat(Manifests.read(install.out(), HasMetadata.class))
        .extracting(HasMetadata::getKind)
        .doesNotContain("StatefulSet")
        .contains("CustomResourceDefinition", "ClusterRole");
  }

  @Test
  void anEtcdOfTheUserIsSpokenToWithTheFilesOfASecret() {
    var install = new CommandRun(Config::empty);
    install.run(
        "install",
        "--store",
        "etcd",
        "--etcd-endpoints",
        "https://etcd:2379",
        "--etcd-secret",
        "etcd-client",
        "--image",
        IMAGE);

    assertThat(Manifests.read(install.out(), Deployment.class))
        .singleElement()
        .satisfies(operator -> {
          assertThat(operator.getSpec().getReplicas()).isEqualTo(3);
          assertThat(operator.getSpec().getTemplate().getSpec().getVolumes())
              .extracting(volume -> volume.getSecret().getSecretName())
              .containsExactly("etcd-client");
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--zones a,b --image x | needs --zones with at least three zones, was \"a,b\"",
        "--image x | needs --zones with at least three zones",
        "--store etcd --image x | --store etcd needs --etcd-endpoints",
        "--zones a,b,c | Missing required option: '--image=IMAGE'"
      })
  void whatIsMissingIsNamed(String words, String message) {
    var install = new CommandRun(Config::empty);
    var all = new ArrayList<>(List.of("install"));
    all.addAll(List.of(words.split(" ")));

    assertThat(install.run(all.toArray(String[]::new))).isEqualTo(2);
    assertThat(install.err()).contains(message);
    assertThat(install.out()).isEmpty();
  }
}
