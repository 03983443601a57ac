package dev.flotilla.chaos.bench;

import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.BindingBuilder;
import io.fabric8.kubernetes.api.model.NodeAffinity;
import io.fabric8.kubernetes.api.model.NodeSelector;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Takes the scheduler's place, for whoever made the pod: binds each new one to the next node of
/// its zone, and remembers when it was seen.
///
/// A real scheduler would wait for volumes, and who makes them is not what is measured.
final class Binder implements ResourceEventHandler<Pod>, AutoCloseable {

  private static final int WRITERS = 4;

  private final KubernetesClient client;
  private final Map<String, List<String>> nodes;
  private final ExecutorService writers =
      Executors.newFixedThreadPool(WRITERS, Thread.ofVirtual().name("binder-", 0).factory());
  private final SharedIndexInformer<Pod> pods;
  private final Map<String, Seen> seen = new HashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /// @param number pods of a namespace so far
  /// @param last when the newest was seen, as [System#nanoTime] has it
  private record Seen(int number, long last) {}

  /// @param client closed by the caller, after this
  /// @param nodes names of the nodes of each zone
  Binder(KubernetesClient client, Map<String, List<String>> nodes) {
    this.client = client;
    this.nodes = nodes;
    pods = client.pods().inAnyNamespace().withField("spec.nodeName", "").inform(this);
  }

  /// Waits until so many pods of a namespace have been seen.
  ///
  /// @return when the last of them was, as [System#nanoTime] has it
  /// @throws IllegalStateException if they do not all come in time
  long await(String namespace, int number, Duration limit) throws InterruptedException {
    lock.lock();
    try {
      long rest = limit.toNanos();
      while (seenIn(namespace).number() < number) {
        if (rest <= 0) {
          throw new IllegalStateException(
              "only %d of %d pods were made in %s within %d s"
                  .formatted(seenIn(namespace).number(), number, namespace, limit.toSeconds()));
        }
        rest = changed.awaitNanos(rest);
      }
      return seenIn(namespace).last();
    } finally {
      lock.unlock();
    }
  }

  private Seen seenIn(String namespace) {
    return seen.getOrDefault(namespace, new Seen(0, 0));
  }

  @Override
  public void onAdd(Pod pod) {
    long now = System.nanoTime();
    int number;
    lock.lock();
    try {
      var namespace = pod.getMetadata().getNamespace();
      number = seenIn(namespace).number() + 1;
      seen.put(namespace, new Seen(number, now));
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    writers.execute(() -> bind(pod, number));
  }

  @Override
  public void onUpdate(Pod before, Pod now) {
    // It was bound when it was new.
  }

  @Override
  public void onDelete(Pod pod, boolean unknown) {
    // Bound pods leave the selection.
  }

  private void bind(Pod pod, int number) {
    var meta = pod.getMetadata();
    var binding =
        new BindingBuilder()
            .withNewMetadata()
            .withNamespace(meta.getNamespace())
            .withName(meta.getName())
            .endMetadata()
            .withNewTarget()
            .withApiVersion("v1")
            .withKind("Node")
            .withName(node(pod, number))
            .endTarget()
            .build();
    try {
      client.bindings().inNamespace(meta.getNamespace()).resource(binding).create();
    } catch (KubernetesClientException e) {
      // It is being removed already, or stays without a node: neither is measured.
    }
  }

  private String node(Pod pod, int number) {
    var candidates =
        zone(pod)
            .map(zone -> nodes.getOrDefault(zone, List.of()))
            .orElseGet(() -> nodes.values().stream().flatMap(List::stream).toList());
    return candidates.get(number % candidates.size());
  }

  private static Optional<String> zone(Pod pod) {
    return Optional.ofNullable(pod.getSpec().getAffinity())
        .map(Affinity::getNodeAffinity)
        .map(NodeAffinity::getRequiredDuringSchedulingIgnoredDuringExecution)
        .map(NodeSelector::getNodeSelectorTerms)
        .flatMap(terms -> terms.getFirst().getMatchExpressions().stream().findFirst())
        .map(wanted -> wanted.getValues().getFirst());
  }

  @Override
  public void close() {
    pods.stop();
    writers.shutdownNow();
  }
}
