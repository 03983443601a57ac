package dev.flotilla.chaos.lab;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// A namespace of a test with small pods and volumes; deleted at the end.
final class Scene implements AutoCloseable {

  private static final long SECONDS = 60;
  private static final Set<String> ENDS = Set.of("Succeeded", "Failed");

  private final KubernetesClient client;
  private final String namespace;

  Scene(Lab lab, String name) {
    client = lab.client();
    namespace = "lab-" + name;
    client
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(namespace)
                .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                .endMetadata()
                .build())
        .createOr(NonDeletingOperation::update);
    // Pods are refused until the namespace has its service account.
    client
        .serviceAccounts()
        .inNamespace(namespace)
        .withName("default")
        .waitUntilCondition(account -> account != null, SECONDS, TimeUnit.SECONDS);
  }

  KubernetesClient client() {
    return client;
  }

  void claim(String name, String storageClass) {
    client
        .resource(
            new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .withStorageClassName(storageClass)
                .withAccessModes("ReadWriteOncePod")
                .withNewResources()
                .addToRequests("storage", new Quantity("1Gi"))
                .endResources()
                .endSpec()
                .build())
        .create();
  }

  Resource<PersistentVolumeClaim> claim(String name) {
    return client.persistentVolumeClaims().inNamespace(namespace).withName(name);
  }

  /// A pod that runs one line of shell as user 1000 with the volume of claim `data` at `/data`.
  void pod(String name, Map<String, String> nodeSelector, String shell) {
    client
        .resource(
            new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .withNodeSelector(nodeSelector)
                .withRestartPolicy("Never")
                .withTerminationGracePeriodSeconds(1L)
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withRunAsUser(1000L)
                .withFsGroup(1000L)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .addNewContainer()
                .withName("shell")
                .withImage("flotilla.local/busybox:1")
                .withImagePullPolicy("Never")
                .withCommand("/bin/sh", "-c", shell)
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .endSecurityContext()
                .addNewVolumeMount()
                .withName("data")
                .withMountPath("/data")
                .endVolumeMount()
                .endContainer()
                .addNewVolume()
                .withName("data")
                .withNewPersistentVolumeClaim()
                .withClaimName("data")
                .endPersistentVolumeClaim()
                .endVolume()
                .endSpec()
                .build())
        .create();
  }

  PodResource pod(String name) {
    return client.pods().inNamespace(namespace).withName(name);
  }

  /// Waits until the pod is as wanted; when it is not in time, shows how it was last seen.
  Pod await(String pod, Predicate<Pod> condition) {
    try {
      return pod(pod)
          .waitUntilCondition(
              found -> found != null && condition.test(found), SECONDS, TimeUnit.SECONDS);
    } catch (KubernetesClientTimeoutException e) {
      Pod last = pod(pod).get();
      throw new AssertionError(
          pod + " is not as awaited: " + (last == null ? "gone" : last.getStatus()), e);
    }
  }

  /// Waits for the pod's end, which must be a success; a failure shows what the pod printed.
  void awaitEnd(String pod) {
    Pod ended = await(pod, found -> ENDS.contains(found.getStatus().getPhase()));
    if (!"Succeeded".equals(ended.getStatus().getPhase())) {
      throw new AssertionError(pod + " failed: " + pod(pod).getLog());
    }
  }

  /// The nodes on which pods with this label were put.
  List<String> nodesOf(String namespace, String label, String value) {
    return client.pods().inNamespace(namespace).withLabel(label, value).list().getItems().stream()
        .map(pod -> pod.getSpec().getNodeName())
        .toList();
  }

  void delete(String pod) {
    pod(pod).delete();
    pod(pod).waitUntilCondition(found -> found == null, SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    try (client) {
      client.namespaces().withName(namespace).withGracePeriod(0).delete();
      client
          .namespaces()
          .withName(namespace)
          .waitUntilCondition(found -> found == null, SECONDS, TimeUnit.SECONDS);
    }
  }
}
