package dev.flotilla.operator.app.voter;

import dev.flotilla.operator.kube.render.Labels;
import dev.flotilla.raft.ratis.PeerDirectory;
import dev.flotilla.raft.ratis.VoterId;
import dev.flotilla.topology.store.TopologyStore.Registration;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// Where the operators' pods are, ready or not, as a watch shows them. Cluster DNS has no part in
/// it.
///
/// Source: docs/adr/0024-three-operators-that-vote.md
final class OperatorPods implements PeerDirectory {

  private final SharedIndexInformer<Pod> pods;
  private final int port;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  /// @param namespace the operators' own
  /// @param port at which all of them listen for each other
  OperatorPods(KubernetesClient client, String namespace, int port) {
    this.port = port;
    pods =
        client
            .pods()
            .inNamespace(namespace)
            .withLabels(Labels.operators())
            .runnableInformer(0)
            .exceptionHandler((started, fault) -> true)
            .addEventHandler(new Change());
  }

  /// Begins to watch; does not wait for what it shows.
  void start() {
    pods.start();
  }

  @Override
  public Optional<InetSocketAddress> address(VoterId voter) {
    return pods.getStore().list().stream()
        .filter(pod -> voter.zone().name().equals(pod.getMetadata().getLabels().get(Labels.ZONE)))
        .filter(pod -> pod.getStatus() != null && pod.getStatus().getPodIP() != null)
        .max(Comparator.comparing(pod -> pod.getMetadata().getCreationTimestamp()))
        .map(pod -> new InetSocketAddress(pod.getStatus().getPodIP(), port));
  }

  @Override
  public Registration onChange(Runnable changed) {
    listeners.add(changed);
    return () -> listeners.remove(changed);
  }

  @Override
  public void close() {
    pods.stop();
  }

  /// Tells everybody; they ask again where each voter is.
  private final class Change implements ResourceEventHandler<Pod> {

    @Override
    public void onAdd(Pod pod) {
      listeners.forEach(Runnable::run);
    }

    @Override
    public void onUpdate(Pod before, Pod after) {
      if (!address(before).equals(address(after))) {
        listeners.forEach(Runnable::run);
      }
    }

    @Override
    public void onDelete(Pod pod, boolean unseen) {
      listeners.forEach(Runnable::run);
    }

    private static Optional<String> address(@Nullable Pod pod) {
      return Optional.ofNullable(pod).map(Pod::getStatus).map(status -> status.getPodIP());
    }
  }
}
