package dev.flotilla.operator.shell.fleet;

import dev.flotilla.operator.core.fleet.FleetLimits;
import dev.flotilla.operator.core.fleet.Losses;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.MemberName;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// How many members there are in all databases, and which were given up lately.
///
/// Who is given up is counted under the lock before it happens, so that passes that plan at the
/// same moment never let too many go. Kept in memory: after a restart of the operator nobody has
/// been given up lately. Safe for use by many threads.
///
/// Source: D12 in docs/requirements.md; docs/adr/0032-a-budget-for-the-fleet.md
final class GivenUp {

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<ClusterRef, Integer> members = new HashMap<>();
  private final Map<Member, Instant> lately = new LinkedHashMap<>();
  private int all;

  private record Member(ClusterRef cluster, MemberName name) {}

  /// A database has this many members now; 0 for one that is gone.
  void counted(ClusterRef cluster, int count) {
    lock.lock();
    try {
      var before = count == 0 ? members.remove(cluster) : members.put(cluster, count);
      all += count - (before == null ? 0 : before);
    } finally {
      lock.unlock();
    }
  }

  /// @param since who was given up then or before is forgotten
  Losses losses(Instant since) {
    lock.lock();
    try {
      lately.values().removeIf(at -> !at.isAfter(since));
      return new Losses(all, List.copyOf(lately.values()));
    } finally {
      lock.unlock();
    }
  }

  /// Counts a member that is about to be given up, unless there were too many. One that is tried
  /// again counts once.
  ///
  /// @return whether it may go
  boolean begin(ClusterRef cluster, MemberName member, Instant now, FleetLimits limits) {
    lock.lock();
    try {
      var key = new Member(cluster, member);
      if (!lately.containsKey(key) && !losses(now.minus(limits.breaker().window())).mayGo(limits)) {
        return false;
      }
      lately.putIfAbsent(key, now);
      return true;
    } finally {
      lock.unlock();
    }
  }
}
