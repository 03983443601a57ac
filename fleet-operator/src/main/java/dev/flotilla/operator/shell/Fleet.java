package dev.flotilla.operator.shell;

import dev.flotilla.operator.core.retention.Deletion;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.FleetFacts;
import dev.flotilla.operator.core.view.FleetLimits;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.port.ClusterResource;
import dev.flotilla.operator.port.KubeCache;
import dev.flotilla.topology.model.ClusterRef;
import java.time.Instant;
import java.util.OptionalInt;

/// What the databases share: the limits, and the account of how far they are used.
final class Fleet {

  private final KubeCache cache;
  private final Removals removals = new Removals();

  Fleet(KubeCache cache) {
    this.cache = cache;
  }

  /// What a database sees of it. Reads memory only and changes nothing.
  Reading<FleetFacts> facts(ClusterView.Identity database) {
    return switch (cache.limits()) {
      case Reading.Unknown<FleetLimits>(var why) -> new Reading.Unknown<>(why);
      case Reading.Known<FleetLimits>(var limits, var at) ->
          new Reading.Known<>(facts(database, limits), at);
    };
  }

  private FleetFacts facts(ClusterView.Identity database, FleetLimits limits) {
    var since = database.now().minus(limits.breaker().window());
    var count = removals.count(database.ref(), database.uid(), since);
    var gone = count.lately().stream().filter(it -> cache.cluster(it.cluster()).isEmpty()).count();
    return new FleetFacts(
        limits,
        cache.clusterCount() + (int) gone,
        count.lately().stream().map(Removals.Begun::at).toList(),
        database.deleting() && !count.isOneOfThem()
            ? OptionalInt.of(count.ahead())
            : OptionalInt.empty());
  }

  /// Before a pass looks at a database: one that was deleted and still has a pod to be stopped
  /// waits for its turn. One that nobody confirmed may wait for ever, and is not in the line.
  void lookAt(ClusterRef cluster, ClusterResource resource) {
    if (resource.deletion() == Deletion.CONFIRMED && hasPodToStop(cluster)) {
      removals.join(cluster, resource.uid());
    } else {
      removals.leave(cluster);
    }
  }

  private boolean hasPodToStop(ClusterRef cluster) {
    return cache.pods(cluster).values().stream().anyMatch(pod -> !pod.terminating());
  }

  /// Before a pass stops the first pod of a database that was deleted.
  void remove(ClusterRef cluster, String uid, Instant now) {
    removals.begin(cluster, uid, now);
  }

  void forget(ClusterRef cluster) {
    removals.leave(cluster);
  }
}
