package dev.flotilla.operator.bench;

import dev.flotilla.operator.core.fleet.FleetLimits;
import dev.flotilla.operator.core.view.NodeView;
import dev.flotilla.operator.core.view.PodView;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.core.view.StorageClassView;
import dev.flotilla.operator.kube.read.PolicyReader;
import dev.flotilla.operator.port.WriteResult;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.Zone;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// A Kubernetes cluster in memory: an API server that is as strict as the real one about names,
/// uids and versions, and nodes that do something only when [#settle] is called.
///
/// Safe for use by many threads.
public final class FakeCluster {

  private final ReentrantLock lock = new ReentrantLock();
  private final SortedMap<String, Stored> objects = new TreeMap<>();
  private final List<Change> changes = new ArrayList<>();
  private final Map<String, Integer> created = new TreeMap<>();
  private final Map<String, Integer> deleted = new TreeMap<>();
  private final TreeSet<String> missingImages = new TreeSet<>();
  private final List<Thing> everCreated = new ArrayList<>();
  private volatile Reading<FleetLimits> limits =
      new Reading.Known<>(PolicyReader.BUILT_IN, Instant.EPOCH);
  private long revision;
  private int addresses;

  /// @param now empty if the object is gone
  record Change(String key, Optional<Stored> now) {}

  // The API server.

  WriteResult create(Thing thing) {
    return locked(() -> {
      if (objects.containsKey(thing.key())) {
        return rejected(409, WriteResult.Cause.ALREADY_EXISTS, thing.key() + " already exists");
      }
      store("uid-" + (revision + 1), thing);
      created.merge(thing.kind(), 1, Integer::sum);
      everCreated.add(thing);
      return new WriteResult.Done();
    });
  }

  /// Creates it or makes it equal; says nothing new if it is equal already.
  WriteResult apply(Thing thing) {
    return locked(() -> {
      var stored = objects.get(thing.key());
      if (stored == null) {
        return create(thing);
      }
      if (!stored.thing().equals(thing)) {
        store(stored.uid(), thing);
      }
      return new WriteResult.Done();
    });
  }

  /// Changes the object that has this uid and is at this version.
  WriteResult update(String key, String uid, String version, UnaryOperator<Thing> change) {
    return locked(() -> {
      var stored = objects.get(key);
      if (stored == null) {
        return rejected(404, WriteResult.Cause.NOT_FOUND, key + " not found");
      }
      if (!stored.uid().equals(uid) || !stored.resourceVersion().equals(version)) {
        return rejected(409, WriteResult.Cause.CHANGED, key + " is another one or has changed");
      }
      store(uid, change.apply(stored.thing()));
      return new WriteResult.Done();
    });
  }

  Optional<Stored> get(String key) {
    return locked(() -> Optional.ofNullable(objects.get(key)));
  }

  <T extends Thing> List<T> all(Class<T> type) {
    return locked(() -> things(type).toList());
  }

  long revision() {
    return locked(() -> revision);
  }

  int changeCount() {
    return locked(changes::size);
  }

  List<Change> changesSince(int count) {
    return locked(() -> List.copyOf(changes.subList(count, changes.size())));
  }

  // What a test does to it, as a person or as fate.

  /// Creates or replaces an object.
  void put(Thing thing) {
    apply(thing);
  }

  void change(String key, UnaryOperator<Thing> change) {
    locked(() -> {
      var stored = objects.get(key);
      if (stored == null) {
        throw new IllegalStateException("there is no " + key);
      }
      store(stored.uid(), change.apply(stored.thing()));
      return true;
    });
  }

  /// The object is gone at once, without grace.
  void remove(String key) {
    locked(() -> {
      var stored = objects.remove(key);
      if (stored != null) {
        revision++;
        deleted.merge(stored.thing().kind(), 1, Integer::sum);
        changes.add(new Change(key, Optional.empty()));
      }
      return true;
    });
  }

  /// Writes the fleet's policy.
  void allow(Reading<FleetLimits> allowed) {
    limits = allowed;
  }

  Reading<FleetLimits> limits() {
    return limits;
  }

  public void addNode(String name, String zone) {
    put(new Thing.Node(new NodeView(name, Optional.of(new Zone(zone)), true, true, false)));
  }

  public void addStorageClass(StorageClassView storageClass) {
    put(new Thing.StorageClass(storageClass));
  }

  void changeNode(String name, UnaryOperator<NodeView> change) {
    change("Node " + name, thing -> new Thing.Node(change.apply(((Thing.Node) thing).view())));
  }

  void loseImage(String image) {
    missingImages.add(image);
  }

  void bringImage(String image) {
    missingImages.remove(image);
  }

  // What scheduler, volume controller and kubelets would do by and by.

  /// Lets everything happen that Kubernetes would do by itself now.
  ///
  /// Starts what can start, makes ready what has started, and ends what was told to end; a node
  /// that is not ready does nothing.
  void settle() {
    locked(() -> {
      for (var pod : things(Thing.Pod.class).toList()) {
        if (pod.terminating()) {
          end(pod);
        } else if (pod.phase() == PodView.Phase.PENDING) {
          start(pod);
        } else if (pod.phase() == PodView.Phase.RUNNING) {
          boolean ready = isReady(pod.node().orElseThrow());
          if (pod.ready() != ready) {
            change(pod.key(), thing -> pod.ready(ready));
          }
        }
      }
      return true;
    });
  }

  private void end(Thing.Pod pod) {
    var node = pod.node().map(this::node);
    if (node.isEmpty() || node.get().ready() || node.get().outOfService()) {
      remove(pod.key());
    }
  }

  private void start(Thing.Pod pod) {
    var member = pod.draft().member();
    var key = Thing.Claim.key(member.cluster(), member.volumeName());
    if (!(objects.get(key) instanceof Stored stored)
        || !(stored.thing() instanceof Thing.Claim claim)
        || claim.terminating()) {
      trouble(pod, PodView.Trouble.Kind.UNSCHEDULABLE, "persistentvolumeclaim not found");
      return;
    }
    var zone = claim.zone().orElse(member.zone());
    var node =
        things(Thing.Node.class)
            .map(Thing.Node::view)
            .filter(NodeView::isUsable)
            .filter(view -> view.zone().filter(zone::equals).isPresent())
            .min(Comparator.comparingLong(this::load).thenComparing(NodeView::name));
    if (node.isEmpty()) {
      trouble(pod, PodView.Trouble.Kind.UNSCHEDULABLE, "0 nodes are available");
      return;
    }
    if (claim.zone().isEmpty()) {
      change(key, thing -> ((Thing.Claim) thing).bound(zone));
    }
    if (missingImages.contains(pod.draft().template().image())) {
      trouble(pod, PodView.Trouble.Kind.IMAGE, "Back-off pulling image");
    } else {
      change(pod.key(), thing -> pod.started(node.get().name(), "10.0.0." + ++addresses));
    }
  }

  private void trouble(Thing.Pod pod, PodView.Trouble.Kind kind, String words) {
    var troubled = pod.troubled(new PodView.Trouble(kind, words));
    if (!troubled.equals(pod)) {
      change(pod.key(), thing -> troubled);
    }
  }

  private long load(NodeView node) {
    return things(Thing.Pod.class)
        .filter(pod -> pod.node().filter(node.name()::equals).isPresent())
        .count();
  }

  private NodeView node(String name) {
    return ((Thing.Node) objects.get("Node " + name).thing()).view();
  }

  private boolean isReady(String node) {
    return node(node).ready();
  }

  // What a test asks.

  /// How many objects of each kind were ever created.
  Map<String, Integer> created() {
    return locked(() -> new TreeMap<>(created));
  }

  /// How many objects of each kind went.
  Map<String, Integer> deleted() {
    return locked(() -> new TreeMap<>(deleted));
  }

  /// Every object of a kind that was ever created, as it was then, in order.
  <T extends Thing> List<T> everCreated(Class<T> type) {
    return locked(() -> everCreated.stream().filter(type::isInstance).map(type::cast).toList());
  }

  List<Thing.Pod> pods(ClusterRef cluster) {
    return all(Thing.Pod.class).stream().filter(pod -> pod.cluster().equals(cluster)).toList();
  }

  List<Thing.Claim> claims(ClusterRef cluster) {
    return all(Thing.Claim.class).stream()
        .filter(claim -> claim.cluster().equals(cluster))
        .toList();
  }

  private <T extends Thing> Stream<T> things(Class<T> type) {
    return List.copyOf(objects.values()).stream()
        .map(Stored::thing)
        .filter(type::isInstance)
        .map(type::cast);
  }

  private void store(String uid, Thing thing) {
    revision++;
    var stored = new Stored(uid, revision, thing);
    objects.put(thing.key(), stored);
    changes.add(new Change(thing.key(), Optional.of(stored)));
  }

  private static WriteResult rejected(int code, WriteResult.Cause cause, String message) {
    return new WriteResult.Rejected(code, cause, message);
  }

  private <T> T locked(Supplier<T> act) {
    lock.lock();
    try {
      return act.get();
    } finally {
      lock.unlock();
    }
  }
}
