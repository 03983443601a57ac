package dev.flotilla.operator.shell.fleet;

import dev.flotilla.operator.core.fleet.Disruptions;
import dev.flotilla.operator.core.fleet.FleetLimits;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.Zone;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;

/// Which databases are disrupted on purpose now, and which wait for that in which order.
///
/// Whoever begins takes its place under the lock, so that passes that plan at the same moment never
/// let too many begin. Kept in memory: what is disrupted stands in the records of drains, from
/// which it is filled before anybody acts. Safe for use by many threads.
///
/// Source: docs/adr/0032-a-budget-for-the-fleet.md
final class Budget {

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<ClusterRef, SortedSet<Zone>> running = new LinkedHashMap<>();
  private final Map<ClusterRef, SortedSet<Zone>> line = new LinkedHashMap<>();

  /// What other databases than this one do.
  Disruptions others(ClusterRef cluster) {
    lock.lock();
    try {
      var zones = new TreeSet<Zone>();
      int count = 0;
      for (var entry : running.entrySet()) {
        if (!entry.getKey().equals(cluster)) {
          zones.addAll(entry.getValue());
          count++;
        }
      }
      var zonesAhead = new TreeSet<Zone>();
      int ahead = 0;
      for (var entry : line.entrySet()) {
        if (entry.getKey().equals(cluster)) {
          break;
        }
        zonesAhead.addAll(entry.getValue());
        ahead++;
      }
      return new Disruptions(count, zones, ahead, zonesAhead);
    } finally {
      lock.unlock();
    }
  }

  /// Takes a place if there is one; who has one keeps it.
  ///
  /// @return whether it may begin
  boolean begin(ClusterRef cluster, SortedSet<Zone> zones, FleetLimits.Disruption limits) {
    lock.lock();
    try {
      if (!running.containsKey(cluster) && !hasRoom(cluster, zones, limits)) {
        return false;
      }
      line.remove(cluster);
      running.put(cluster, new TreeSet<>(zones));
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// What was found of a database.
  ///
  /// @param zones of members that it does without on purpose; none frees its place
  /// @return whether it had a place and has none any more
  boolean found(ClusterRef cluster, SortedSet<Zone> zones) {
    lock.lock();
    try {
      if (zones.isEmpty()) {
        return running.remove(cluster) != null;
      }
      running.put(cluster, new TreeSet<>(zones));
      line.remove(cluster);
      return false;
    } finally {
      lock.unlock();
    }
  }

  /// A database waits for a place, or does not any more. Its place in the line stays the same while
  /// it waits.
  ///
  /// @param zones that it wants to do without a member; none if it does not wait
  /// @return whether it has left the line, or waits for other zones than before
  boolean waits(ClusterRef cluster, SortedSet<Zone> zones) {
    lock.lock();
    try {
      if (zones.isEmpty()) {
        return line.remove(cluster) != null;
      }
      var before = line.put(cluster, new TreeSet<>(zones));
      return before != null && !before.equals(zones);
    } finally {
      lock.unlock();
    }
  }

  /// Whether a database that has no place could have one. One that waits asks once more after it
  /// has taken its place in the line: whoever makes room later finds it there, and wakes it.
  boolean hasRoom(ClusterRef cluster, SortedSet<Zone> zones, FleetLimits.Disruption limits) {
    var others = others(cluster);
    return others.leavesPlace(limits) && others.allows(zones, limits);
  }

  /// The first ones in the line.
  List<ClusterRef> first(int most) {
    lock.lock();
    try {
      return line.keySet().stream().limit(most).toList();
    } finally {
      lock.unlock();
    }
  }

  /// Begins anew with what is recorded: somebody else may have acted in between.
  void refill(Map<ClusterRef, SortedSet<Zone>> recorded) {
    lock.lock();
    try {
      line.clear();
      running.clear();
      running.putAll(recorded);
    } finally {
      lock.unlock();
    }
  }
}
