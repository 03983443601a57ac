package dev.flotilla.operator.bench;

import dev.flotilla.operator.core.fleet.FleetLimits;
import dev.flotilla.operator.core.object.KeptObject;
import dev.flotilla.operator.core.object.Standing;
import dev.flotilla.operator.core.status.OperationReport;
import dev.flotilla.operator.core.status.StatusReport;
import dev.flotilla.operator.core.view.NodeView;
import dev.flotilla.operator.core.view.PodView;
import dev.flotilla.operator.core.view.PoolView;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.core.view.Request;
import dev.flotilla.operator.core.view.StorageClassView;
import dev.flotilla.operator.core.view.Terrain;
import dev.flotilla.operator.core.view.VolumeView;
import dev.flotilla.operator.port.ClusterResource;
import dev.flotilla.operator.port.KubeCache;
import dev.flotilla.topology.codec.VolumeRecordCodec;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.Epoch;
import dev.flotilla.topology.model.MemberName;
import dev.flotilla.topology.model.PoolName;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/// What the watches of one operator have shown so far of a [FakeCluster].
///
/// A watch that lags shows other people's writes only after [#deliver]; the operator's own ones it
/// shows at once. Safe for use by many threads.
public final class FakeWatch implements KubeCache {

  private final FakeCluster cluster;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final SortedMap<String, Stored> seen = new ConcurrentSkipListMap<>();
  private int shown;
  private volatile boolean lagging;
  private Optional<String> sick = Optional.empty();

  FakeWatch(FakeCluster cluster, InstantSource clock) {
    this.cluster = cluster;
    this.clock = clock;
    deliver();
  }

  /// From now on shows what others write only after [#deliver].
  void lag() {
    deliver();
    lagging = true;
  }

  /// Catches up with everything.
  void deliver() {
    lock.lock();
    try {
      var news = cluster.changesSince(shown);
      shown += news.size();
      news.forEach(
          change -> change.now().ifPresentOrElse(this::show, () -> seen.remove(change.key())));
    } finally {
      lock.unlock();
    }
  }

  /// Says that one watch is not healthy; empty heals it.
  void sicken(Optional<String> why) {
    sick = why;
  }

  void showOwn(String key) {
    cluster.get(key).ifPresentOrElse(this::show, () -> seen.remove(key));
  }

  private void show(Stored stored) {
    var before = seen.get(stored.thing().key());
    if (before == null || before.version() < stored.version()) {
      seen.put(stored.thing().key(), stored);
    }
  }

  Optional<StatusReport> status(ClusterRef ref) {
    return one(Thing.Status.key(ref), Thing.Status.class).map(Thing.Status::report);
  }

  @Override
  public List<ClusterRef> clusters() {
    return all()
        .map(Stored::thing)
        .filter(Thing.Resource.class::isInstance)
        .map(thing -> ((Thing.Resource) thing).cluster())
        .toList();
  }

  @Override
  public int clusterCount() {
    return clusters().size();
  }

  @Override
  public List<ClusterRef> leftovers() {
    var there = clusters();
    return all()
        .map(Stored::thing)
        .filter(thing -> thing instanceof Thing.Claim claim && !there.contains(claim.cluster()))
        .map(thing -> ((Thing.Claim) thing).cluster())
        .distinct()
        .toList();
  }

  @Override
  public Reading<FleetLimits> limits() {
    return cluster.limits();
  }

  @Override
  public Optional<ClusterResource> cluster(ClusterRef ref) {
    return one(Thing.Resource.key(ref), Thing.Resource.class).map(Thing.Resource::content);
  }

  @Override
  public SortedMap<MemberName, PodView> pods(ClusterRef ref) {
    var pods = new TreeMap<MemberName, PodView>();
    all()
        .forEach(stored -> {
          if (stored.thing() instanceof Thing.Pod pod && pod.cluster().equals(ref)) {
            pods.put(pod.draft().member().name(), view(stored, pod));
          }
        });
    return pods;
  }

  private static PodView view(Stored stored, Thing.Pod pod) {
    return new PodView(
        stored.uid(),
        stored.resourceVersion(),
        pod.created(),
        pod.phase(),
        pod.ready(),
        pod.phase() == PodView.Phase.RUNNING,
        pod.terminating(),
        pod.node(),
        pod.ip(),
        pod.draft().template().revision(),
        pod.nudge(),
        pod.trouble());
  }

  @Override
  public SortedMap<String, VolumeView> volumes(ClusterRef ref) {
    var volumes = new TreeMap<String, VolumeView>();
    all()
        .forEach(stored -> {
          if (stored.thing() instanceof Thing.Claim claim && claim.cluster().equals(ref)) {
            volumes.put(claim.name(), view(stored, claim));
          }
        });
    return volumes;
  }

  private static VolumeView view(Stored stored, Thing.Claim claim) {
    return new VolumeView(
        claim.name(),
        stored.uid(),
        stored.resourceVersion(),
        claim.phase(),
        claim.terminating(),
        VolumeRecordCodec.decode(claim.record()),
        claim.note(),
        claim.retention(),
        claim.zone(),
        Optional.empty(),
        new VolumeView.Asked(claim.size(), Optional.of(claim.storageClass())),
        claim.zone().map(zone -> claim.size()));
  }

  @Override
  public SortedMap<PoolName, PoolView> pools(ClusterRef ref) {
    var pools = new TreeMap<PoolName, PoolView>();
    all()
        .forEach(stored -> {
          if (stored.thing() instanceof Thing.Pool pool && pool.cluster().equals(ref)) {
            pools.put(
                pool.name(),
                new PoolView(pool.name(), stored.uid(), pool.instances(), pool.foreignWriter()));
          }
        });
    return pools;
  }

  @Override
  public SortedMap<MemberName, Instant> certificates(ClusterRef ref) {
    var leaves = new TreeMap<MemberName, Instant>();
    all()
        .forEach(stored -> {
          if (stored.thing() instanceof Thing.Leaf leaf && leaf.cluster().equals(ref)) {
            leaves.put(leaf.member(), leaf.expires());
          }
        });
    return leaves;
  }

  @Override
  public Standing standing(ClusterRef ref) {
    var kept =
        all()
            .map(Stored::thing)
            .filter(thing -> thing instanceof Thing.Kept it && it.cluster().equals(ref))
            .map(thing -> ((Thing.Kept) thing).object())
            .toList();
    var budgets = new TreeMap<PoolName, KeptObject.Budget>();
    kept.stream()
        .filter(KeptObject.Budget.class::isInstance)
        .map(KeptObject.Budget.class::cast)
        .forEach(budget -> budgets.put(budget.pool(), budget));
    return new Standing(
        only(kept, KeptObject.Config.class),
        only(kept, KeptObject.Seeds.class),
        only(kept, KeptObject.ClientService.class),
        only(kept, KeptObject.Endpoints.class),
        budgets);
  }

  Optional<Thing.Operation> operation(String key) {
    return one(key, Thing.Operation.class);
  }

  @Override
  public List<Request> requests(ClusterRef ref) {
    return all()
        .filter(stored -> stored.thing() instanceof Thing.Operation it && it.cluster().equals(ref))
        .map(stored -> request(stored, (Thing.Operation) stored.thing()))
        .toList();
  }

  private static Request request(Stored stored, Thing.Operation operation) {
    return new Request(
        operation.name(),
        stored.uid(),
        1,
        operation.created(),
        operation.order(),
        operation.report().flatMap(OperationReport::ending).isPresent(),
        new TreeSet<>(),
        new TreeSet<>());
  }

  private static <T extends KeptObject> Optional<T> only(List<KeptObject> kept, Class<T> type) {
    return kept.stream().filter(type::isInstance).map(type::cast).findFirst();
  }

  @Override
  public Terrain terrain() {
    var nodes = new TreeMap<String, NodeView>();
    var classes = new TreeMap<String, StorageClassView>();
    all()
        .forEach(stored -> {
          if (stored.thing() instanceof Thing.Node(var node)) {
            nodes.put(node.name(), node);
          } else if (stored.thing() instanceof Thing.StorageClass(var storageClass)) {
            classes.put(storageClass.name(), storageClass);
          }
        });
    return new Terrain(nodes, classes);
  }

  @Override
  public Optional<String> tenantVersion(ClusterRef ref) {
    catchUp();
    return Optional.ofNullable(seen.get(Thing.Secret.key(ref))).map(Stored::resourceVersion);
  }

  @Override
  public Optional<Epoch> shownEpoch() {
    return one(Thing.Epoch.KEY, Thing.Epoch.class).map(epoch -> new Epoch(epoch.value()));
  }

  @Override
  public Reading<Instant> fresh() {
    return sick.<Reading<Instant>>map(Reading.Unknown::new)
        .orElseGet(() -> new Reading.Known<>(clock.instant(), clock.instant()));
  }

  private <T extends Thing> Optional<T> one(String key, Class<T> type) {
    catchUp();
    return Optional.ofNullable(seen.get(key)).map(Stored::thing).map(type::cast);
  }

  private Stream<Stored> all() {
    catchUp();
    return List.copyOf(seen.values()).stream();
  }

  private void catchUp() {
    if (!lagging) {
      deliver();
    }
  }
}
