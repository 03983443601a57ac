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

  private final Scheduler scheduler;
  private final Function<ClusterRef, Optional<Duration>> pass;
  private final ConcurrentMap<ClusterRef, Unfit> unfit = new ConcurrentHashMap<>();

  /// The next pass of each cluster. There is one: what was due later gives way to what is due now.
  private final ConcurrentMap<ClusterRef, Object> due = new ConcurrentHashMap<>();

  /// A resource of the same name may come after it, whose generations begin anew.
  private record Unfit(String uid, long generation) {
    static Unfit of(ObjectMeta resource) {
      return new Unfit(resource.getUid(), resource.getGeneration());
    }
  }

  /// @param pass runs one and says after which time the next one is due
  UnfitClusters(Scheduler scheduler, Function<ClusterRef, Optional<Duration>> pass) {
    this.scheduler = scheduler;
    this.pass = pass;
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
    due.remove(cluster);
  }

  /// Runs a pass of it soon.
  void wake(ClusterRef cluster) {
    var turn = new Object();
    due.put(cluster, turn);
    after(Duration.ZERO, cluster, turn);
  }

  private void after(Duration delay, ClusterRef cluster, Object turn) {
    var _ =
        scheduler.after(
            delay,
            () -> {
              if (due.remove(cluster, turn) && contains(cluster)) {
                pass.apply(cluster).ifPresent(next -> rest(cluster, next));
              }
            });
  }

  /// Unless it was woken meanwhile.
  private void rest(ClusterRef cluster, Duration delay) {
    var turn = new Object();
    if (due.putIfAbsent(cluster, turn) == null) {
      after(delay, cluster, turn);
    }
  }
}
