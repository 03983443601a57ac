package dev.flotilla.operator.kube.watch;

import dev.flotilla.crds.v1alpha1.DatabaseClusterStatus;
import dev.flotilla.crds.v1alpha1.RawCluster;
import dev.flotilla.crds.v1alpha1.RawPool;
import dev.flotilla.crds.v1alpha1.operation.DatabaseOperationStatus;
import dev.flotilla.crds.v1alpha1.operation.RawOperation;
import dev.flotilla.operator.core.fleet.FleetLimits;
import dev.flotilla.operator.core.object.KeptObject;
import dev.flotilla.operator.core.object.Standing;
import dev.flotilla.operator.core.view.PodView;
import dev.flotilla.operator.core.view.PoolView;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.core.view.Request;
import dev.flotilla.operator.core.view.Terrain;
import dev.flotilla.operator.core.view.VolumeView;
import dev.flotilla.operator.kube.Sight;
import dev.flotilla.operator.kube.read.OperationReader.OperationFacts;
import dev.flotilla.operator.kube.read.PoolReader.PoolFacts;
import dev.flotilla.operator.kube.render.Labels;
import dev.flotilla.operator.kube.watch.Shelves.ClusterFacts;
import dev.flotilla.operator.kube.watch.Shelves.DiskFacts;
import dev.flotilla.operator.kube.watch.Shelves.Everything;
import dev.flotilla.operator.kube.watch.Shelves.SecretFacts;
import dev.flotilla.operator.port.Awakener;
import dev.flotilla.operator.port.ClusterResource;
import dev.flotilla.operator.port.EngineProfile;
import dev.flotilla.operator.port.KubeCache;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.Epoch;
import dev.flotilla.topology.model.MemberName;
import dev.flotilla.topology.model.PoolName;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// [KubeCache] by fabric8's informers.
///
/// To be started before anything is asked of it, and closed once.
public final class InformerKubeCache implements KubeCache, Sight, AutoCloseable {

  private final Shelves shelves;
  private final Watches watches;
  private final InstantSource clock;

  /// @param namespace the operator's own, where `flotilla-store` is
  /// @param awakener told of every change that another party made
  public InformerKubeCache(
      KubernetesClient client,
      String namespace,
      EngineProfile profile,
      Awakener awakener,
      InstantSource clock) {
    this.clock = clock;
    shelves = new Shelves(profile, awakener);
    watches = new Watches(client, namespace, shelves, clock);
  }

  /// Starts to watch, and waits until everything that exists now has been read.
  ///
  /// @throws IllegalStateException if that takes longer than the limit; names what could not be
  ///   read, for which a right or a custom resource definition may be missing
  /// @throws InterruptedException if the caller is interrupted meanwhile
  public void start(Duration limit) throws InterruptedException {
    watches.start(limit);
  }

  @Override
  public void close() {
    watches.close();
  }

  @Override
  public List<ClusterRef> clusters() {
    return shelves.clusters.groups();
  }

  @Override
  public List<ClusterRef> leftovers() {
    return shelves.claims.groups().stream()
        .filter(ref -> !shelves.clusters.has(ref, ref.name()))
        .toList();
  }

  @Override
  public int clusterCount() {
    return shelves.clusters.size();
  }

  @Override
  public Reading<FleetLimits> limits() {
    return shelves.limits(clock.instant());
  }

  @Override
  public Optional<ClusterResource> cluster(ClusterRef cluster) {
    return facts(cluster).map(ClusterFacts::resource);
  }

  private Optional<ClusterFacts> facts(ClusterRef cluster) {
    return shelves.clusters.record(cluster, cluster.name());
  }

  @Override
  public SortedMap<MemberName, PodView> pods(ClusterRef cluster) {
    var pods = new TreeMap<MemberName, PodView>();
    shelves.pods.records(cluster).forEach((name, pod) -> pods.put(new MemberName(name), pod));
    return pods;
  }

  @Override
  public SortedMap<String, VolumeView> volumes(ClusterRef cluster) {
    var disks = shelves.disks;
    var nodes = shelves.nodes.records(Everything.ALL).values();
    var volumes = new TreeMap<String, VolumeView>();
    shelves
        .claims
        .records(cluster)
        .forEach((name, claim) -> {
          var disk =
              claim
                  .bound()
                  .flatMap(volume -> disks.record(Everything.ALL, volume))
                  .map(DiskFacts::disk);
          volumes.put(name, claim.view(disk, nodes));
        });
    return volumes;
  }

  @Override
  public SortedMap<PoolName, PoolView> pools(ClusterRef cluster) {
    var pools = new TreeMap<PoolName, PoolView>();
    poolFacts(cluster).forEach((name, facts) -> pools.put(name, facts.view()));
    return pools;
  }

  @Override
  public SortedMap<PoolName, PoolFacts> poolFacts(ClusterRef cluster) {
    var pools = new TreeMap<PoolName, PoolFacts>();
    shelves.pools.records(cluster).values().forEach(pool -> pools.put(pool.view().name(), pool));
    return pools;
  }

  @Override
  public SortedMap<MemberName, Instant> certificates(ClusterRef cluster) {
    var certificates = new TreeMap<MemberName, Instant>();
    for (SecretFacts secret : shelves.secrets.records(cluster).values()) {
      if (secret.member().isPresent() && secret.expires().isPresent()) {
        certificates.put(secret.member().get(), secret.expires().get());
      }
    }
    return certificates;
  }

  @Override
  public Standing standing(ClusterRef cluster) {
    var maps = shelves.maps.records(cluster);
    Map<PoolName, KeptObject.Budget> budgets =
        shelves.budgets.records(cluster).values().stream()
            .collect(Collectors.toMap(KeptObject.Budget::pool, budget -> budget));
    return new Standing(
        kept(KeptObject.Config.class, maps.get(Labels.configName(cluster))),
        kept(KeptObject.Seeds.class, maps.get(Labels.seedsName(cluster))),
        kept(
            KeptObject.ClientService.class,
            shelves.services.records(cluster).get(Labels.serviceName(cluster))),
        kept(
            KeptObject.Endpoints.class,
            shelves.slices.records(cluster).get(Labels.endpointsName(cluster))),
        new TreeMap<>(budgets));
  }

  @Override
  public List<Request> requests(ClusterRef cluster) {
    return shelves.operations.records(cluster).values().stream()
        .map(OperationFacts::request)
        .toList();
  }

  @Override
  public Optional<DatabaseOperationStatus> operationStatus(ClusterRef cluster, String operation) {
    return shelves.operations.record(cluster, operation).flatMap(OperationFacts::status);
  }

  private static <T extends KeptObject> Optional<T> kept(
      Class<T> type, @Nullable KeptObject object) {
    return Optional.ofNullable(object).filter(type::isInstance).map(type::cast);
  }

  @Override
  public Terrain terrain() {
    return shelves.terrain();
  }

  @Override
  public Optional<String> tenantVersion(ClusterRef cluster) {
    return shelves.secrets.record(cluster, Labels.tenantName(cluster)).map(SecretFacts::version);
  }

  @Override
  public Optional<Epoch> shownEpoch() {
    return shelves.epochs.record(Everything.ALL, Labels.STORE);
  }

  @Override
  public Reading<Instant> fresh() {
    return watches.fresh();
  }

  @Override
  public Optional<String> uid(ClusterRef cluster) {
    return cluster(cluster).map(ClusterResource::uid);
  }

  @Override
  public Optional<DatabaseClusterStatus> status(ClusterRef cluster) {
    return facts(cluster).flatMap(ClusterFacts::status);
  }

  @Override
  public boolean isSound(ClusterRef cluster) {
    return facts(cluster).filter(ClusterFacts::sound).isPresent();
  }

  @Override
  public boolean shows(ClusterRef cluster, HasMetadata object) {
    var name = object.getMetadata().getName();
    return switch (object) {
      case RawPool pool -> shelves.pools.has(cluster, name);
      case ConfigMap map -> shelves.maps.has(cluster, name);
      case Service service -> shelves.services.has(cluster, name);
      case EndpointSlice slice -> shelves.slices.has(cluster, name);
      case PodDisruptionBudget budget -> shelves.budgets.has(cluster, name);
      case Secret secret -> shelves.secrets.has(cluster, name);
      default -> false;
    };
  }

  @Override
  public void written(HasMetadata object) {
    switch (object) {
      case RawCluster cluster -> shelves.clusters.written(cluster);
      case RawPool pool -> shelves.pools.written(pool);
      case RawOperation operation -> shelves.operations.written(operation);
      case Pod pod -> shelves.pods.written(pod);
      case PersistentVolumeClaim claim -> shelves.claims.written(claim);
      case ConfigMap map when map.getMetadata().getName().equals(Labels.STORE) ->
          shelves.epochs.written(map);
      case ConfigMap map -> shelves.maps.written(map);
      case Service service -> shelves.services.written(service);
      case EndpointSlice slice -> shelves.slices.written(slice);
      case PodDisruptionBudget budget -> shelves.budgets.written(budget);
      case Secret secret -> shelves.secrets.written(secret);
      default -> {
        // Of no other kind is anything kept.
      }
    }
  }
}
