package dev.flotilla.operator.kube.watch;

import dev.flotilla.crds.v1alpha1.RawCluster;
import dev.flotilla.crds.v1alpha1.RawPool;
import dev.flotilla.crds.v1alpha1.fleet.RawFleetPolicy;
import dev.flotilla.crds.v1alpha1.operation.RawOperation;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.kube.render.Labels;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// The watches that fill the [Shelves], one for each kind.
///
/// Of what the operator makes it watches only what carries its label.
final class Watches implements AutoCloseable {

  /// Objects in one answer to a list.
  private static final long PAGE = 500;

  private static final Duration LOOK = Duration.ofMillis(500);

  private final Map<String, SharedIndexInformer<?>> watches = new LinkedHashMap<>();
  private final Map<String, Shelf<?, ?, ?>> shelves = new LinkedHashMap<>();
  private final Health health;
  private final ScheduledExecutorService looker =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("watch-health").daemon().factory());

  Watches(KubernetesClient client, String namespace, Shelves all, InstantSource clock) {
    watch(
        "DatabaseCluster",
        client.resources(RawCluster.class).inAnyNamespace(),
        all.clusters,
        RawCluster::new);
    watch("DatabasePool", ours(client, RawPool.class), all.pools, RawPool::new);
    watch(
        "DatabaseOperation",
        client.resources(RawOperation.class).inAnyNamespace(),
        all.operations,
        RawOperation::new);
    watch("Pod", ours(client, Pod.class), all.pods, Pod::new);
    watch(
        "PersistentVolumeClaim",
        ours(client, PersistentVolumeClaim.class),
        all.claims,
        PersistentVolumeClaim::new);
    watch("ConfigMap", ours(client, ConfigMap.class), all.maps, ConfigMap::new);
    watch("Service", ours(client, Service.class), all.services, Service::new);
    watch("EndpointSlice", ours(client, EndpointSlice.class), all.slices, EndpointSlice::new);
    watch(
        "PodDisruptionBudget",
        ours(client, PodDisruptionBudget.class),
        all.budgets,
        PodDisruptionBudget::new);
    watch("Secret", ours(client, Secret.class), all.secrets, Secret::new);
    watch(
        "PersistentVolume",
        client.resources(PersistentVolume.class),
        all.disks,
        PersistentVolume::new);
    watch("Node", client.resources(Node.class), all.nodes, Node::new);
    watch("StorageClass", client.resources(StorageClass.class), all.classes, StorageClass::new);
    watch("FleetPolicy", client.resources(RawFleetPolicy.class), all.policies, RawFleetPolicy::new);
    watch(
        "ConfigMap " + Labels.STORE,
        client
            .resources(ConfigMap.class)
            .inNamespace(namespace)
            .withField("metadata.name", Labels.STORE),
        all.epochs,
        ConfigMap::new);
    Map<String, BooleanSupplier> connected = new LinkedHashMap<>();
    watches.forEach((kind, watch) -> connected.put(kind, watch::isWatching));
    health = new Health(connected, clock, System::nanoTime, all::wakeUnsettled);
  }

  private static <T extends HasMetadata> Informable<T> ours(
      KubernetesClient client, Class<T> type) {
    return client.resources(type).inAnyNamespace().withLabels(Labels.ours());
  }

  private <T extends HasMetadata> void watch(
      String kind, Informable<T> objects, Shelf<T, ?, ?> shelf, Supplier<T> blank) {
    var informer =
        objects
            .withLimit(PAGE)
            .runnableInformer(0)
            .itemStore(new StubStore<>(blank))
            // Whatever goes wrong, it is tried again: the operator's readiness tells of it.
            .exceptionHandler((started, fault) -> true)
            .addEventHandler(shelf);
    watches.put(kind, informer);
    shelves.put(kind, shelf);
  }

  void start(Duration limit) throws InterruptedException {
    watches.values().forEach(SharedIndexInformer::start);
    long deadline = System.nanoTime() + limit.toNanos();
    for (var shelf : shelves.entrySet()) {
      var rest = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
      if (!shelf.getValue().awaitListed(rest)) {
        throw new IllegalStateException(
            "%s could not be listed within %d s: the right to list and watch it, or its custom resource definition, may be missing"
                .formatted(shelf.getKey(), limit.toSeconds()));
      }
    }
    var _ =
        looker.scheduleWithFixedDelay(
            health::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
  }

  Reading<Instant> fresh() {
    return health.fresh();
  }

  @Override
  public void close() {
    looker.shutdownNow();
    watches.values().forEach(SharedIndexInformer::stop);
  }
}
