package dev.flotilla.chaos.demo;

import dev.flotilla.chaos.lab.LabFailure;
import dev.flotilla.chaos.lab.progress.Progress;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionStatus;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Installs the operator into a cluster as a user does, from the manifests in `install/`, with an
/// image that was made here.
public final class OperatorInstall {

  private static final Duration ESTABLISHED = Duration.ofSeconds(30);
  private static final Duration READY = Duration.ofSeconds(120);

  private final KubernetesClient client;
  private final Path manifests;

  /// @param manifests folder of the YAML files, applied in the order of their names
  public OperatorInstall(KubernetesClient client, Path manifests) {
    this.client = client;
    this.manifests = manifests;
  }

  /// Applies everything and waits until the operator says that it is ready.
  ///
  /// @param image name and digest
  /// @return the operator's pod
  public Pod apply(String image, Progress.Phase phase) {
    List<HasMetadata> objects = objects();
    Deployment deployment =
        objects.stream()
            .filter(Deployment.class::isInstance)
            .map(Deployment.class::cast)
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no Deployment in " + manifests));
    deployment
        .getSpec()
        .getTemplate()
        .getSpec()
        .getContainers()
        .forEach(container -> container.setImage(image));
    apply(objects, phase);
    phase.detail("waiting until the operator is ready");
    return awaitReady(deployment);
  }

  /// Applies everything but the operator itself: the custom resources, its namespace, its rights.
  public void prepare(Progress.Phase phase) {
    apply(objects().stream().filter(object -> !(object instanceof Deployment)).toList(), phase);
  }

  private void apply(List<HasMetadata> objects, Progress.Phase phase) {
    for (HasMetadata object : objects) {
      phase.detail(object.getKind() + " " + object.getMetadata().getName());
      client.resource(object).forceConflicts().serverSideApply();
      if (object instanceof CustomResourceDefinition definition) {
        awaitEstablished(definition);
      }
    }
  }

  /// The operator's pod, if it is installed.
  public Optional<Pod> pod() {
    return objects().stream()
        .filter(Deployment.class::isInstance)
        .map(Deployment.class::cast)
        .findFirst()
        .flatMap(deployment ->
            client
                .pods()
                .inNamespace(deployment.getMetadata().getNamespace())
                .withLabelSelector(deployment.getSpec().getSelector())
                .list()
                .getItems()
                .stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .findFirst());
  }

  private Pod awaitReady(Deployment deployment) {
    try {
      client
          .apps()
          .deployments()
          .inNamespace(deployment.getMetadata().getNamespace())
          .withName(deployment.getMetadata().getName())
          .waitUntilCondition(OperatorInstall::isRolledOut, READY.toSeconds(), TimeUnit.SECONDS);
    } catch (KubernetesClientTimeoutException e) {
      throw new LabFailure(
          "the operator is not ready after " + READY.toSeconds() + " s",
          "./flotilla kubectl -n %s describe pods"
              .formatted(deployment.getMetadata().getNamespace()));
    }
    return pod().orElseThrow(() -> new IllegalStateException("a ready operator has a pod"));
  }

  private static boolean isRolledOut(Deployment found) {
    var status = found == null ? null : found.getStatus();
    return status != null
        && status.getObservedGeneration() != null
        && status.getObservedGeneration() >= found.getMetadata().getGeneration()
        && one(status.getUpdatedReplicas())
        && one(status.getReadyReplicas())
        && one(status.getReplicas());
  }

  private static boolean one(Integer count) {
    return count != null && count == 1;
  }

  private void awaitEstablished(CustomResourceDefinition definition) {
    client
        .apiextensions()
        .v1()
        .customResourceDefinitions()
        .withName(definition.getMetadata().getName())
        .waitUntilCondition(
            OperatorInstall::isEstablished, ESTABLISHED.toSeconds(), TimeUnit.SECONDS);
  }

  private static boolean isEstablished(@Nullable CustomResourceDefinition found) {
    // A definition that is a moment old has a status whose list is not there yet.
    return Optional.ofNullable(found)
        .map(CustomResourceDefinition::getStatus)
        .map(CustomResourceDefinitionStatus::getConditions)
        .stream()
        .flatMap(List::stream)
        .anyMatch(condition ->
            condition.getType().equals("Established") && condition.getStatus().equals("True"));
  }

  private List<HasMetadata> objects() {
    try (Stream<Path> files = Files.list(manifests)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .sorted()
          .flatMap(file -> Manifests.load(file).stream())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
