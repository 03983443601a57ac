package dev.flotilla.chaos.live;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// What happens to the objects of a namespace from now on.
final class News implements Watcher<HasMetadata>, AutoCloseable {

  private final KubernetesClient client;
  private final String namespace;
  private final Semaphore shown = new Semaphore(0);
  private final List<Watch> watches;

  News(KubernetesClient client, String namespace, List<Class<? extends HasMetadata>> kinds) {
    this.client = client;
    this.namespace = namespace;
    watches = kinds.stream().map(this::watch).toList();
  }

  private Watch watch(Class<? extends HasMetadata> kind) {
    var objects = client.resources(kind).inNamespace(namespace);
    var now = objects.list().getMetadata().getResourceVersion();
    return objects.watch(new ListOptionsBuilder().withResourceVersion(now).build(), narrowed(this));
  }

  @SuppressWarnings("unchecked")
  private static <T extends HasMetadata> Watcher<T> narrowed(Watcher<HasMetadata> watcher) {
    return (Watcher<T>) watcher;
  }

  /// Waits for something that has not been asked for before; up to a limit.
  boolean arrivesWithin(Duration limit) throws InterruptedException {
    boolean arrived = shown.tryAcquire(limit.toMillis(), TimeUnit.MILLISECONDS);
    shown.drainPermits();
    return arrived;
  }

  @Override
  public void eventReceived(Action action, HasMetadata object) {
    shown.release();
  }

  @Override
  public void onClose(WatcherException cause) {
    shown.release();
  }

  @Override
  public void close() {
    watches.forEach(Watch::close);
  }
}
