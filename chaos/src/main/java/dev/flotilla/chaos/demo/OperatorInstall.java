package dev.flotilla.chaos.demo;

import dev.flotilla.chaos.lab.LabFailure;
import dev.flotilla.chaos.lab.progress.Progress;
import dev.flotilla.operator.cli.install.Installation;
import dev.flotilla.operator.cli.install.Voters;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionStatus;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Installs the operator into a cluster as a user does, from the manifests in `install/`, with an
/// image that was made here.
public final class OperatorInstall {

  private static final Duration ESTABLISHED = Duration.ofSeconds(30);
  private static final Duration READY = Duration.ofSeconds(180);
  static final String NAMESPACE = "flotilla-system";
  private static final String ZONE = "topology.kubernetes.io/zone";

  /// The label of the operator that acts.
  private static final String ACTING = "flotilla.dev/acting";

  private final KubernetesClient client;

  public OperatorInstall(KubernetesClient client) {
    this.client = client;
  }

  /// The installation with one voter of the store in each zone of this cluster.
  Installation voters() {
    return new Voters(zones(), Optional.empty()).in(Installation.standard());
  }

  /// Applies everything and waits until each operator says that it is ready and one of them acts.
  ///
  /// @return the pod of the operator that acts
  Pod apply(Installation installation, Progress.Phase phase) {
    refuseOthers(installation);
    apply(installation.objects(), phase);
    for (Deployment deployment : installation.deployments()) {
      phase.detail("waiting until %s is ready".formatted(deployment.getMetadata().getName()));
      awaitReady(deployment);
    }
    phase.detail("waiting until one of them acts");
    return awaitActing();
  }

  /// Two kinds of store side by side would be two fleets of operators for the same databases.
  private void refuseOthers(Installation installation) {
    var wanted = names(installation.deployments());
    var there =
        names(
            client
                .apps()
                .deployments()
                .inNamespace(NAMESPACE)
                .withLabel("app.kubernetes.io/component", "operator")
                .list()
                .getItems());
    if (!wanted.containsAll(there)) {
      throw new LabFailure(
          "operators with another store are installed: " + String.join(", ", there),
          "./flotilla down, then ./flotilla demo with the store that you want");
    }
  }

  private static SortedSet<String> names(List<Deployment> deployments) {
    return deployments.stream()
        .map(deployment -> deployment.getMetadata().getName())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private SortedSet<String> zones() {
    return client.nodes().list().getItems().stream()
        .map(node -> node.getMetadata().getLabels().get(ZONE))
        .filter(Objects::nonNull)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// Applies everything but the operator itself: the custom resources, its namespace, its rights.
  public void prepare(Progress.Phase phase) {
    apply(
        Installation.standard().objects().stream()
            .filter(object -> !(object instanceof Deployment))
            .toList(),
        phase);
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

  /// The pods of the operators that are installed.
  public List<Pod> pods() {
    return operators().list().getItems();
  }

  private FilterWatchListDeletable<Pod, PodList, PodResource> operators() {
    return client
        .pods()
        .inNamespace(NAMESPACE)
        .withLabel("app.kubernetes.io/component", "operator");
  }

  private Pod awaitActing() {
    try {
      operators()
          .withLabel(ACTING)
          .informOnCondition(pods -> !pods.isEmpty())
          .get(READY.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LabFailure("interrupted", "try it again");
    } catch (ExecutionException | TimeoutException e) {
      throw new LabFailure(
          "no operator acts after " + READY.toSeconds() + " s",
          "./flotilla kubectl -n %s logs -l app.kubernetes.io/component=operator"
              .formatted(NAMESPACE));
    }
    return operators().withLabel(ACTING).list().getItems().getFirst();
  }

  private void awaitReady(Deployment deployment) {
    try {
      client
          .apps()
          .deployments()
          .inNamespace(deployment.getMetadata().getNamespace())
          .withName(deployment.getMetadata().getName())
          .waitUntilCondition(OperatorInstall::isRolledOut, READY.toSeconds(), TimeUnit.SECONDS);
    } catch (KubernetesClientTimeoutException e) {
      throw new LabFailure(
          "the operator %s is not ready after %d s"
              .formatted(deployment.getMetadata().getName(), READY.toSeconds()),
          "./flotilla kubectl -n %s describe pods"
              .formatted(deployment.getMetadata().getNamespace()));
    }
  }

  private static boolean isRolledOut(Deployment found) {
    var status = found == null ? null : found.getStatus();
    return status != null
        && status.getObservedGeneration() != null
        && status.getObservedGeneration() >= found.getMetadata().getGeneration()
        && found.getSpec().getReplicas().equals(status.getUpdatedReplicas())
        && found.getSpec().getReplicas().equals(status.getReadyReplicas())
        && found.getSpec().getReplicas().equals(status.getReplicas());
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
}
