package dev.flotilla.operator.josdk;

import dev.flotilla.operator.port.Scheduler;
import dev.flotilla.topology.model.ClusterRef;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/// The turns of clusters that the SDK runs no passes for.
final class LoneTurns {

  private final Scheduler scheduler;
  private final Function<ClusterRef, Optional<Duration>> pass;

  /// The next pass of each cluster. There is one: what was due later gives way to what is due now.
  private final ConcurrentMap<ClusterRef, Object> due = new ConcurrentHashMap<>();

  /// @param pass runs one and says after which time the next one is due
  LoneTurns(Scheduler scheduler, Function<ClusterRef, Optional<Duration>> pass) {
    this.scheduler = scheduler;
    this.pass = pass;
  }

  /// Runs a pass of it soon.
  void wake(ClusterRef cluster) {
    var turn = new Object();
    due.put(cluster, turn);
    after(Duration.ZERO, cluster, turn);
  }

  /// Nothing is due any more.
  void forget(ClusterRef cluster) {
    due.remove(cluster);
  }

  private void after(Duration delay, ClusterRef cluster, Object turn) {
    var _ =
        scheduler.after(
            delay,
            () -> {
              if (due.remove(cluster, turn)) {
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
