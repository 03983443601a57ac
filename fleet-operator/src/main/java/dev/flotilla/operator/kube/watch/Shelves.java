package dev.flotilla.operator.kube.watch;

import dev.flotilla.crds.condition.ConditionType;
import dev.flotilla.crds.v1alpha1.ConditionStatus;
import dev.flotilla.crds.v1alpha1.DatabaseClusterStatus;
import dev.flotilla.crds.v1alpha1.RawCluster;
import dev.flotilla.crds.v1alpha1.RawPool;
import dev.flotilla.crds.v1alpha1.fleet.FleetPolicy;
import dev.flotilla.crds.v1alpha1.fleet.RawFleetPolicy;
import dev.flotilla.crds.v1alpha1.operation.RawOperation;
import dev.flotilla.operator.core.fleet.FleetLimits;
import dev.flotilla.operator.core.object.KeptObject;
import dev.flotilla.operator.core.view.PodView;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.core.view.Terrain;
import dev.flotilla.operator.kube.read.ClaimReader;
import dev.flotilla.operator.kube.read.ClaimReader.ClaimFacts;
import dev.flotilla.operator.kube.read.ClassReader;
import dev.flotilla.operator.kube.read.ClassReader.ClassFacts;
import dev.flotilla.operator.kube.read.ClusterReader;
import dev.flotilla.operator.kube.read.DiskReader;
import dev.flotilla.operator.kube.read.DiskReader.Disk;
import dev.flotilla.operator.kube.read.KeptReader;
import dev.flotilla.operator.kube.read.NodeReader;
import dev.flotilla.operator.kube.read.NodeReader.NodeFacts;
import dev.flotilla.operator.kube.read.OperationReader;
import dev.flotilla.operator.kube.read.OperationReader.OperationFacts;
import dev.flotilla.operator.kube.read.PodReader;
import dev.flotilla.operator.kube.read.PolicyReader;
import dev.flotilla.operator.kube.read.PolicyReader.PolicyFacts;
import dev.flotilla.operator.kube.read.PoolReader;
import dev.flotilla.operator.kube.read.PoolReader.PoolFacts;
import dev.flotilla.operator.kube.read.Refs;
import dev.flotilla.operator.kube.read.SecretReader;
import dev.flotilla.operator.kube.read.StoreReader;
import dev.flotilla.operator.kube.watch.Shelf.Change;
import dev.flotilla.operator.kube.watch.Shelf.Reader;
import dev.flotilla.operator.port.Awakener;
import dev.flotilla.operator.port.ClusterResource;
import dev.flotilla.operator.port.EngineProfile;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.Epoch;
import dev.flotilla.topology.model.MemberName;
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
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;

/// One [Shelf] for each kind that is watched, and which clusters a change of each kind matters to.
final class Shelves {

  final Shelf<RawCluster, ClusterRef, ClusterFacts> clusters;
  final Shelf<RawPool, ClusterRef, PoolFacts> pools;
  final Shelf<RawOperation, ClusterRef, OperationFacts> operations;
  final Shelf<Pod, ClusterRef, PodView> pods;
  final Shelf<PersistentVolumeClaim, ClusterRef, ClaimFacts> claims;
  final Shelf<ConfigMap, ClusterRef, KeptObject> maps;
  final Shelf<Service, ClusterRef, KeptObject> services;
  final Shelf<EndpointSlice, ClusterRef, KeptObject> slices;
  final Shelf<PodDisruptionBudget, ClusterRef, KeptObject.Budget> budgets;
  final Shelf<Secret, ClusterRef, SecretFacts> secrets;
  final Shelf<PersistentVolume, Everything, DiskFacts> disks;
  final Shelf<Node, Everything, NodeFacts> nodes;
  final Shelf<StorageClass, Everything, ClassFacts> classes;
  final Shelf<ConfigMap, Everything, Epoch> epochs;
  final Shelf<RawFleetPolicy, Everything, PolicyFacts> policies;

  private final Awakener awakener;
  private final AtomicReference<Terrain> terrain =
      new AtomicReference<>(new Terrain(new TreeMap<>(), new TreeMap<>()));

  /// The one group of objects that belong to no cluster.
  enum Everything {
    ALL
  }

  /// @param status empty until one was written
  /// @param sound whether what stands in it fits its schema
  record ClusterFacts(
      ClusterResource resource, Optional<DatabaseClusterStatus> status, boolean sound) {

    /// Whether nothing runs and nothing is pending, as its own status says.
    private boolean isSettled() {
      return status.stream()
          .flatMap(found -> found.conditions().stream())
          .anyMatch(condition ->
              ConditionType.SETTLED.id().equals(condition.type())
                  && condition.status() == ConditionStatus.TRUE
                  && condition.observedGeneration() == resource.generation());
    }
  }

  /// What is kept of a Secret: nothing of its content.
  ///
  /// @param member whose certificate it is; empty if it is the tenant's
  record SecretFacts(String version, Optional<MemberName> member, Optional<Instant> expires) {}

  /// @param claimNamespace where the claim lies that the volume is bound to
  record DiskFacts(Disk disk, String claimNamespace, String claimName) {}

  Shelves(EngineProfile profile, Awakener awakener) {
    this.awakener = awakener;
    var kept = new KeptReader(profile);
    var reader = new ClusterReader(profile);
    clusters =
        new Shelf<>(
            new Reader<>(object -> ref(object), object -> Optional.of(facts(reader, object))),
            this::clusterChanged);
    pools =
        ofClusters(
            (ref, object) -> Refs.pool(object).flatMap(name -> PoolReader.read(name, object)));
    operations =
        new Shelf<>(
            new Reader<>(
                OperationReader::cluster,
                operation -> Optional.of(OperationReader.read(operation))),
            this::operationChanged);
    pods = ofClusters((ref, object) -> Refs.member(object).map(name -> PodReader.read(object)));
    claims = ofClusters((ref, object) -> Optional.of(ClaimReader.read(object)));
    maps = ofClusters(kept::configMap);
    services = ofClusters((ref, object) -> kept.service(object));
    slices = ofClusters((ref, object) -> kept.endpoints(object));
    budgets =
        ofClusters(
            (ref, object) -> Refs.pool(object).flatMap(pool -> kept.budget(ref, pool, object)));
    secrets = ofClusters((ref, object) -> Optional.of(secret(object)));
    disks = ofEverything(Shelves::disk, this::diskChanged);
    nodes = ofEverything(node -> Optional.of(NodeReader.read(node)), this::nodeChanged);
    classes =
        ofEverything(
            storageClass -> Optional.of(ClassReader.read(storageClass)),
            change -> {
              chart();
              wakeUnsettled();
            });
    epochs = ofEverything(StoreReader::epoch, this::epochChanged);
    policies =
        ofEverything(policy -> Optional.of(PolicyReader.read(policy)), change -> wakeUnsettled());
  }

  /// What the one policy that counts allows. Others may have been stored before there was a rule
  /// about their name.
  Reading<FleetLimits> limits(Instant now) {
    if (!policies.isListed()) {
      return new Reading.Unknown<>("the FleetPolicy has not been read yet");
    }
    return switch (policies
        .record(Everything.ALL, FleetPolicy.NAME)
        .orElseGet(() -> new PolicyFacts.Sound(PolicyReader.BUILT_IN))) {
      case PolicyFacts.Sound(var limits) -> new Reading.Known<>(limits, now);
      case PolicyFacts.Senseless(var why) -> new Reading.Unknown<>(why);
    };
  }

  /// The nodes and storage classes.
  Terrain terrain() {
    return terrain.get();
  }

  /// Every cluster that is not at rest may have waited for what has just changed.
  void wakeUnsettled() {
    for (ClusterRef ref : clusters.groups()) {
      if (clusters.record(ref, ref.name()).filter(ClusterFacts::isSettled).isEmpty()) {
        awakener.changed(ref);
      }
    }
  }

  private <T extends HasMetadata, R> Shelf<T, ClusterRef, R> ofClusters(
      BiFunction<ClusterRef, T, Optional<R>> read) {
    Function<T, Optional<R>> reader =
        object -> Refs.cluster(object).flatMap(ref -> read.apply(ref, object));
    return new Shelf<>(new Reader<>(Refs::cluster, reader), (ref, change) -> awakener.changed(ref));
  }

  private static <T extends HasMetadata, R> Shelf<T, Everything, R> ofEverything(
      Function<T, Optional<R>> read, java.util.function.Consumer<Change<R>> listener) {
    BiConsumer<Everything, Change<R>> all = (everything, change) -> listener.accept(change);
    return new Shelf<>(new Reader<>(object -> Optional.of(Everything.ALL), read), all);
  }

  private static Optional<ClusterRef> ref(RawCluster cluster) {
    return Refs.cluster(cluster.getMetadata().getNamespace(), cluster.getMetadata().getName());
  }

  private static ClusterFacts facts(ClusterReader reader, RawCluster cluster) {
    return new ClusterFacts(
        reader.read(cluster), ClusterReader.status(cluster), ClusterReader.isSound(cluster));
  }

  private static SecretFacts secret(Secret secret) {
    return new SecretFacts(
        secret.getMetadata().getResourceVersion(),
        Refs.member(secret),
        SecretReader.expires(secret));
  }

  private static Optional<DiskFacts> disk(PersistentVolume volume) {
    return Optional.ofNullable(volume.getSpec())
        .flatMap(spec -> Optional.ofNullable(spec.getClaimRef()))
        .map(
            claim -> new DiskFacts(DiskReader.read(volume), claim.getNamespace(), claim.getName()));
  }

  private void clusterChanged(ClusterRef ref, Change<ClusterFacts> change) {
    if (change
        .before()
        .map(ClusterFacts::resource)
        .equals(change.after().map(ClusterFacts::resource))) {
      awakener.changed(ref); // somebody else wrote its status
    } else {
      awakener.respecified(ref);
    }
  }

  /// What runs ends, so that a cancelled operation is taken back at once. One about a database that
  /// does not exist gets its answer, too.
  private void operationChanged(ClusterRef ref, Change<OperationFacts> change) {
    boolean sameOrder =
        change
            .before()
            .map(facts -> facts.request().order())
            .equals(change.after().map(facts -> facts.request().order()));
    if (sameOrder && clusters.has(ref, ref.name())) {
      awakener.changed(ref);
    } else {
      awakener.respecified(ref);
    }
  }

  private void diskChanged(Change<DiskFacts> change) {
    change
        .after()
        .or(change::before)
        .ifPresent(disk -> {
          for (ClusterRef ref : claims.groups()) {
            if (ref.namespace().equals(disk.claimNamespace())
                && claims.record(ref, disk.claimName()).isPresent()) {
              awakener.changed(ref);
            }
          }
        });
  }

  private void epochChanged(Change<Epoch> change) {
    awakener.epochChanged();
    clusters.groups().forEach(awakener::changed);
  }

  private void nodeChanged(Change<NodeFacts> change) {
    chart();
    var name = change.after().or(change::before).map(facts -> facts.view().name());
    for (ClusterRef ref : pods.groups()) {
      if (pods.records(ref).values().stream().anyMatch(pod -> pod.node().equals(name))) {
        awakener.changed(ref);
      }
    }
    wakeUnsettled();
  }

  /// Draws the terrain anew, so that a pass only picks it up. Whoever comes later sees at least as
  /// much, so the last one to come out of it is right.
  private void chart() {
    terrain.updateAndGet(old -> {
      var byName = new TreeMap<String, dev.flotilla.operator.core.view.NodeView>();
      nodes.records(Everything.ALL).forEach((name, facts) -> byName.put(name, facts.view()));
      return new Terrain(byName, ClassReader.byName(classes.records(Everything.ALL).values()));
    });
  }
}
