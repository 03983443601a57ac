package dev.flotilla.chaos.live;

import dev.flotilla.chaos.lab.Lab;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// A node gives way to a new one, as in an upgrade of Kubernetes itself: cordoned, emptied through
/// the eviction API, switched off, removed, and another machine registers.
record NodeReplacement(Lab lab, KubernetesClient client, String node) {

  private static final long SECONDS = 150;
  private static final int ATTEMPTS = 10;

  /// Keeps new pods away from the node.
  void cordon() {
    schedulable(false);
  }

  void uncordon() {
    schedulable(true);
  }

  private void schedulable(boolean is) {
    client
        .nodes()
        .withName(node)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"spec\":{\"unschedulable\":%s}}".formatted(is ? "null" : "true"));
  }

  /// Evicts every pod, members when their budget allows it, and waits until each member has been
  /// started again.
  void empty() {
    var pods = client.pods().inAnyNamespace().withField("spec.nodeName", node).list().getItems();
    pods.forEach(this::evict);
    pods.stream().filter(NodeReplacement::isMember).forEach(this::awaitAgain);
  }

  private static boolean isMember(Pod pod) {
    return pod.getMetadata().getLabels().containsKey("flotilla.dev/cluster");
  }

  private void evict(Pod pod) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      awaitBudgets(pod.getMetadata().getNamespace());
      if (evicted(pod)) {
        return;
      }
    }
    throw new AssertionError(pod.getMetadata().getName() + " may not be evicted");
  }

  private boolean evicted(Pod pod) {
    return client
        .pods()
        .inNamespace(pod.getMetadata().getNamespace())
        .withName(pod.getMetadata().getName())
        .evict();
  }

  private void awaitBudgets(String namespace) {
    for (var budget :
        client.policy().v1().podDisruptionBudget().inNamespace(namespace).list().getItems()) {
      client
          .resource(budget)
          .waitUntilCondition(NodeReplacement::allows, SECONDS, TimeUnit.SECONDS);
    }
  }

  private static boolean allows(PodDisruptionBudget budget) {
    return budget.getStatus() != null && budget.getStatus().getDisruptionsAllowed() > 0;
  }

  private void awaitAgain(Pod before) {
    client
        .pods()
        .inNamespace(before.getMetadata().getNamespace())
        .withName(before.getMetadata().getName())
        .waitUntilCondition(
            pod ->
                pod != null
                    && !pod.getMetadata().getUid().equals(before.getMetadata().getUid())
                    && Readiness.getInstance().isReady(pod),
            SECONDS,
            TimeUnit.SECONDS);
  }

  /// Switches the machine off, lets Kubernetes forget it and starts the next one.
  void replace() {
    lab.powerOff(node);
    client.nodes().withName(node).delete();
    client.nodes().withName(node).waitUntilCondition(Objects::isNull, SECONDS, TimeUnit.SECONDS);
    lab.powerOn(node);
  }

  /// Waits until the node can take members.
  void awaitReady() {
    client
        .nodes()
        .withName(node)
        .waitUntilCondition(NodeReplacement::takesPods, SECONDS, TimeUnit.SECONDS);
  }

  private static boolean takesPods(Node node) {
    return node != null
        && Readiness.getInstance().isReady(node)
        && List.copyOf(node.getSpec().getTaints()).isEmpty();
  }

  /// What tells this machine from the one before.
  String uid() {
    return client.nodes().withName(node).require().getMetadata().getUid();
  }
}
