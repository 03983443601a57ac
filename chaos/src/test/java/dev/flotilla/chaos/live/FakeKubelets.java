package dev.flotilla.chaos.live;

import io.fabric8.kubernetes.api.model.Binding;
import io.fabric8.kubernetes.api.model.BindingBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Scheduler, volume controller and kubelets that only write what real ones would: a node, a
/// volume, a phase and an address. No process runs.
final class FakeKubelets {

  /// The image that no registry has.
  static final String MISSING_IMAGE = "example.org/missing:1";

  private static final String ZONE = "topology.kubernetes.io/zone";

  private final KubernetesClient client;
  private boolean growing = true;
  private final AtomicInteger addresses = new AtomicInteger();

  FakeKubelets(KubernetesClient client) {
    this.client = client;
  }

  /// Two ready nodes in each of the zones a, b and c.
  void addNodes() {
    for (var name : List.of("a1", "a2", "b1", "b2", "c1", "c2")) {
      Node node =
          new NodeBuilder()
              .withNewMetadata()
              .withName(name)
              .withLabels(Map.of(ZONE, name.substring(0, 1), "kubernetes.io/hostname", name))
              .endMetadata()
              .withNewSpec()
              .endSpec()
              .withNewStatus()
              .addNewCondition()
              .withType("Ready")
              .withStatus("True")
              .endCondition()
              .endStatus()
              .build();
      client.resource(node).create();
      client.resource(node).patchStatus();
      // Admission marks a new node; its kubelet would take the mark away. Whatever the version: the
      // controller manager writes at the same time.
      client
          .nodes()
          .withName(name)
          .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\": {\"taints\": null}}");
    }
  }

  /// Does for a namespace what is due.
  ///
  /// @return whether anything was
  boolean turn(String namespace) {
    boolean moved = false;
    for (Pod pod : client.pods().inNamespace(namespace).list().getItems()) {
      moved |= turn(pod);
    }
    for (PersistentVolumeClaim claim :
        client.persistentVolumeClaims().inNamespace(namespace).list().getItems()) {
      moved |= turn(claim);
    }
    return moved;
  }

  /// Whether file systems grow from now on.
  void growing(boolean now) {
    growing = now;
  }

  /// Its file system grows to what was asked for.
  private boolean turn(PersistentVolumeClaim claim) {
    var asked = claim.getSpec().getResources().getRequests();
    var has = claim.getStatus().getCapacity();
    if (!growing || has == null || has.equals(asked)) {
      return false; // it is not bound yet, or as large as it is to be
    }
    client
        .resource(claim)
        .editStatus(it ->
            new PersistentVolumeClaimBuilder(it)
                .editStatus()
                .withCapacity(asked)
                .endStatus()
                .build());
    return true;
  }

  /// Gives a pod that is new a node, a volume and an address; it does not become ready.
  void place(Pod pod) {
    turn(pod);
    turn(client.resource(pod).get());
  }

  private boolean turn(Pod pod) {
    if (pod.getMetadata().getDeletionTimestamp() != null) {
      client.resource(pod).withGracePeriod(0).delete();
    } else if (pod.getSpec().getNodeName() == null) {
      bind(pod);
    } else if (lacksImage(pod)) {
      return waitForImage(pod);
    } else if (pod.getStatus().getPodIP() == null) {
      int number = addresses.incrementAndGet();
      report(pod, "10.0.%d.%d".formatted(number / 250, number % 250), false);
    } else if (!isReady(pod)) {
      report(pod, pod.getStatus().getPodIP(), true);
    } else {
      return false;
    }
    return true;
  }

  private static boolean lacksImage(Pod pod) {
    return pod.getSpec().getContainers().stream()
        .anyMatch(container -> container.getImage().equals(MISSING_IMAGE));
  }

  private boolean waitForImage(Pod pod) {
    if (!pod.getStatus().getContainerStatuses().isEmpty()) {
      return false;
    }
    report(
        new PodBuilder(pod).withNewStatus().withPhase("Pending").endStatus().build(),
        waiting("engine", MISSING_IMAGE, "ImagePullBackOff"));
    return true;
  }

  /// What is said of a container that does not run.
  ///
  /// @param reason such as `CrashLoopBackOff`
  static ContainerStatus waiting(String name, String image, String reason) {
    return container(name, image)
        .withReady(false)
        .withNewState()
        .withNewWaiting("it does not start", reason)
        .endState()
        .build();
  }

  /// What is said of a container that runs.
  static ContainerStatus running(String name, String image) {
    return container(name, image)
        .withReady(true)
        .withNewState()
        .withNewRunning("2026-01-01T00:00:00Z")
        .endState()
        .build();
  }

  private static ContainerStatusBuilder container(String name, String image) {
    return new ContainerStatusBuilder()
        .withName(name)
        .withImage(image)
        .withImageID("")
        .withRestartCount(0);
  }

  /// Writes down a pod's status, with these containers besides.
  void report(Pod pod, ContainerStatus... containers) {
    client
        .resource(
            new PodBuilder(pod)
                .editMetadata()
                .withResourceVersion(null)
                .endMetadata()
                .editStatus()
                .addToContainerStatuses(containers)
                .endStatus()
                .build())
        .patchStatus();
  }

  static boolean isReady(Pod pod) {
    return Optional.ofNullable(pod.getStatus().getConditions()).orElse(List.of()).stream()
        .anyMatch(it -> it.getType().equals("Ready") && it.getStatus().equals("True"));
  }

  private void bind(Pod pod) {
    var zone = pod.getMetadata().getLabels().get("flotilla.dev/zone");
    pod.getSpec().getVolumes().stream()
        .filter(volume -> volume.getPersistentVolumeClaim() != null)
        .map(volume -> volume.getPersistentVolumeClaim().getClaimName())
        .forEach(claim -> provision(pod.getMetadata().getNamespace(), claim, zone));
    Binding binding =
        new BindingBuilder()
            .withNewMetadata()
            .withName(pod.getMetadata().getName())
            .endMetadata()
            .withNewTarget()
            .withKind("Node")
            .withName(zone + "1")
            .endTarget()
            .build();
    client.bindings().inNamespace(pod.getMetadata().getNamespace()).resource(binding).create();
  }

  private void provision(String namespace, String name, String zone) {
    PersistentVolumeClaim claim =
        client.persistentVolumeClaims().inNamespace(namespace).withName(name).get();
    if (claim.getSpec().getVolumeName() != null) {
      return;
    }
    var volume = "pv-" + claim.getMetadata().getUid();
    client
        .resource(
            new PersistentVolumeBuilder()
                .withNewMetadata()
                .withName(volume)
                .withLabels(Map.of(ZONE, zone))
                .endMetadata()
                .withNewSpec()
                .withStorageClassName(claim.getSpec().getStorageClassName())
                .withAccessModes(claim.getSpec().getAccessModes())
                .withCapacity(
                    Map.of("storage", claim.getSpec().getResources().getRequests().get("storage")))
                .withNewHostPath()
                .withPath("/nowhere")
                .endHostPath()
                .withNewClaimRef()
                .withKind("PersistentVolumeClaim")
                .withNamespace(namespace)
                .withName(name)
                .withUid(claim.getMetadata().getUid())
                .endClaimRef()
                .withNewNodeAffinity()
                .withNewRequired()
                .addNewNodeSelectorTerm()
                .addNewMatchExpression()
                .withKey(ZONE)
                .withOperator("In")
                .withValues(zone)
                .endMatchExpression()
                .endNodeSelectorTerm()
                .endRequired()
                .endNodeAffinity()
                .endSpec()
                .build())
        .create();
    // The controller manager binds the two.
    client
        .persistentVolumeClaims()
        .inNamespace(namespace)
        .withName(name)
        .waitUntilCondition(
            it -> it != null && "Bound".equals(it.getStatus().getPhase()), 30, TimeUnit.SECONDS);
  }

  private void report(Pod pod, String address, boolean ready) {
    report(
        new PodBuilder(pod)
            .withNewStatus()
            .withPhase("Running")
            .withPodIP(address)
            .addNewPodIP(address)
            .addNewCondition()
            .withType("Ready")
            .withStatus(ready ? "True" : "False")
            .endCondition()
            .endStatus()
            .build());
  }
}
