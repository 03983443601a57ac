package dev.flotilla.operator.shell.fleet;

import dev.flotilla.topology.model.ClusterRef;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// Which databases were begun to be stopped for good lately, and which wait for it in which order.
///
/// A place in the line never changes but by others leaving it. So whoever counts those who have
/// begun and those ahead never lets too many begin, however many passes count at the same time.
///
/// It is kept in memory: after a restart of the operator nobody has begun lately, and the line
/// forms anew. Safe for use by many threads.
///
/// Source: D12 in docs/requirements.md; docs/adr/0017-one-policy-and-a-breaker.md
final class Removals {

  private final ReentrantLock lock = new ReentrantLock();
  private final Set<ClusterRef> line = new LinkedHashSet<>();

  /// By the uid of the resource: one that is applied and deleted again counts again.
  private final Map<String, Begun> begun = new LinkedHashMap<>();

  /// @param at when the first of its pods was to be stopped
  record Begun(ClusterRef cluster, Instant at) {}

  /// What one database is told.
  ///
  /// @param lately who has begun, oldest first
  /// @param isOneOfThem whether it has begun itself
  /// @param ahead how many are in the line before it; all of them if it is not in it
  record Count(List<Begun> lately, boolean isOneOfThem, int ahead) {}

  /// Puts a database at the end of the line, unless it is in it or has begun.
  void join(ClusterRef cluster, String uid) {
    lock.lock();
    try {
      if (!begun.containsKey(uid)) {
        line.add(cluster);
      }
    } finally {
      lock.unlock();
    }
  }

  /// A database has nothing left to be stopped.
  void leave(ClusterRef cluster) {
    lock.lock();
    try {
      line.remove(cluster);
    } finally {
      lock.unlock();
    }
  }

  /// A database is stopped from now on. Told before the first of its pods is, because nobody knows
  /// for sure afterwards.
  void begin(ClusterRef cluster, String uid, Instant now) {
    lock.lock();
    try {
      line.remove(cluster);
      begun.putIfAbsent(uid, new Begun(cluster, now));
    } finally {
      lock.unlock();
    }
  }

  /// Counts for one database.
  ///
  /// @param since who began then or before is forgotten
  Count count(ClusterRef cluster, String uid, Instant since) {
    lock.lock();
    try {
      begun.values().removeIf(removal -> !removal.at().isAfter(since));
      return new Count(List.copyOf(begun.values()), begun.containsKey(uid), ahead(cluster));
    } finally {
      lock.unlock();
    }
  }

  private int ahead(ClusterRef cluster) {
    int ahead = 0;
    for (ClusterRef waiting : line) {
      if (waiting.equals(cluster)) {
        return ahead;
      }
      ahead++;
    }
    return ahead;
  }
}
