package dev.flotilla.operator.shell;

import dev.flotilla.crds.condition.Attention;
import dev.flotilla.operator.core.status.VolumeCount;
import dev.flotilla.operator.core.step.Hold;
import dev.flotilla.operator.port.Telemetry;
import dev.flotilla.topology.model.ClusterRef;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// Tells people about a problem when it begins, not each time it is seen.
final class Announcer {

  private final Telemetry telemetry;
  private final ConcurrentMap<ClusterRef, List<String>> told = new ConcurrentHashMap<>();

  Announcer(Telemetry telemetry) {
    this.telemetry = telemetry;
  }

  void tell(ClusterRef cluster, List<Hold> holds) {
    var problems =
        holds.stream().filter(hold -> hold.reason().attention() == Attention.PROBLEM).toList();
    var before = told.getOrDefault(cluster, List.of());
    problems.stream()
        .filter(hold -> !before.contains(key(hold)))
        .forEach(
            hold -> telemetry.announce(cluster, hold.reason(), hold.subject(), hold.message()));
    told.put(cluster, problems.stream().map(Announcer::key).toList());
    telemetry.problems(cluster, problems.stream().map(Hold::reason).toList());
  }

  void count(ClusterRef cluster, VolumeCount volumes) {
    telemetry.volumes(cluster, volumes);
  }

  void forget(ClusterRef cluster) {
    told.remove(cluster);
    telemetry.problems(cluster, List.of());
    telemetry.volumes(cluster, VolumeCount.NONE);
  }

  /// A problem is the same as long as its reason and its subject are: a count in the message may
  /// move.
  private static String key(Hold hold) {
    return hold.reason().id() + hold.subject().map(name -> " " + name).orElse("");
  }
}
