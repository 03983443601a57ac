package dev.flotilla.operator.josdk;

import dev.flotilla.operator.port.Scheduler;
import dev.flotilla.topology.model.ClusterRef;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/// Clusters whose resource was stored before today's schema and does not fit it: their passes run
/// beside the SDK's queue, and without a finalizer.
///
/// The API server lets nobody write to such an object, so the SDK would try to add its finalizer
/// for ever. A status that was mended makes no new generation, and the SDK takes no notice of it:
/// such a cluster stays here until it is specified anew, or nobody would run its passes.
final class UnfitClusters {

  private final LoneTurns turns;
  private final ConcurrentMap<ClusterRef, Unfit> unfit = new ConcurrentHashMap<>();

  /// A resource of the same name may come after it, whose generations begin anew.
  private record Unfit(String uid, long generation) {
    static Unfit of(ObjectMeta resource) {
      return new Unfit(resource.getUid(), resource.getGeneration());
    }
  }

  /// @param pass runs one and says after which time the next one is due
  UnfitClusters(Scheduler scheduler, Function<ClusterRef, Optional<Duration>> pass) {
    turns =
        new LoneTurns(
            scheduler, cluster -> contains(cluster) ? pass.apply(cluster) : Optional.empty());
  }

  boolean contains(ClusterRef cluster) {
    return unfit.containsKey(cluster);
  }

  /// Whether this very specification did not fit when it was looked at before.
  boolean contains(ClusterRef cluster, ObjectMeta resource) {
    return Unfit.of(resource).equals(unfit.get(cluster));
  }

  /// Takes a cluster in, and runs a pass of it.
  void add(ClusterRef cluster, ObjectMeta resource) {
    unfit.put(cluster, Unfit.of(resource));
    wake(cluster);
  }

  void remove(ClusterRef cluster) {
    unfit.remove(cluster);
    turns.forget(cluster);
  }

  /// Runs a pass of it soon.
  void wake(ClusterRef cluster) {
    turns.wake(cluster);
  }
}
