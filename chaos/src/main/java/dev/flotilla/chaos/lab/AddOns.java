package dev.flotilla.chaos.lab;

import dev.flotilla.chaos.lab.progress.Progress;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// What a cluster needs beside Kubernetes itself: the way to the API server, storage, cluster DNS.
final class AddOns {

  private static final Duration SHORT = Duration.ofSeconds(30);
  private static final Duration DNS = Duration.ofSeconds(90);
  private static final List<String> MANIFESTS =
      List.of("api-endpoint.yaml", "storage.yaml", "coredns.yaml");
  private static final String PROVISIONER = "provisioner";

  private final Lab lab;
  private final Places places;

  AddOns(Lab lab, Places places) {
    this.lab = lab;
    this.places = places;
  }

  /// Installs what is missing and waits until it works.
  ///
  /// @return the summary
  String run(Progress.Phase phase) {
    try (KubernetesClient client = lab.client()) {
      phase.detail("manifests");
      MANIFESTS.forEach(name -> apply(client, name));
      phase.detail("volume provisioner");
      startProvisioner();
      phase.detail("cluster DNS");
      client
          .apps()
          .deployments()
          .inNamespace("kube-system")
          .withName("coredns")
          .waitUntilReady(DNS.toSeconds(), TimeUnit.SECONDS);
      lab.script("services", DNS, "dns.sh", "await");
    } catch (KubernetesClientTimeoutException e) {
      throw new LabFailure(
          "cluster DNS is not ready after " + DNS.toSeconds() + " s",
          "./flotilla kubectl -n kube-system describe pods");
    } catch (KubernetesClientException e) {
      throw new LabFailure("the API server refused an add-on: " + e.getMessage(), "./flotilla up");
    }
    if (!lab.runsProvisioner()) {
      throw new LabFailure(
          "the volume provisioner ended", "./flotilla up", lab.logs().resolve("provisioner.log"));
    }
    return "storage classes zonal and local, cluster DNS";
  }

  private void apply(KubernetesClient client, String name) {
    String text =
        Template.read(places.scripts().resolve("manifests").resolve(name))
            .fill(Map.of("DNS", lab.layout().dns(), "API", lab.layout().api()));
    client
        .load(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
        .forceConflicts()
        .serverSideApply();
  }

  private void startProvisioner() {
    if (lab.runsProvisioner()) {
      return;
    }
    lab.script(
        "services",
        SHORT,
        "service.sh",
        "start",
        PROVISIONER,
        Path.of(System.getProperty("java.home"), "bin/java").toString(),
        "-Xmx64m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Dlogback.configurationFile=" + places.scripts().resolve("config/logback.xml"),
        "-cp",
        ClassPath.copiedTo(lab.folder().resolve("classes"), places.home()),
        "dev.flotilla.chaos.lab.storage.Provisioner",
        lab.folder().resolve("pki/provisioner.conf").toString(),
        lab.folder().resolve("volumes").toString());
  }
}
