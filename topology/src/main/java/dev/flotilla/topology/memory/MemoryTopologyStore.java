package dev.flotilla.topology.memory;

import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.MemberName;
import dev.flotilla.topology.model.MemberRecord;
import dev.flotilla.topology.model.Revision;
import dev.flotilla.topology.store.CommitResult;
import dev.flotilla.topology.store.Roster;
import dev.flotilla.topology.store.TopologyStore;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// A [TopologyStore] of one process, safe for use by many threads.
public final class MemoryTopologyStore implements TopologyStore {

  private final ConcurrentMap<ClusterRef, Roster> rosters = new ConcurrentHashMap<>();

  @Override
  public Roster roster(ClusterRef cluster) {
    return rosters.getOrDefault(cluster, Roster.EMPTY);
  }

  @Override
  public CommitResult commit(ClusterRef cluster, Revision expected, List<MemberRecord> records) {
    var before = roster(cluster);
    if (!before.revision().equals(expected)) {
      return new CommitResult.Rejected(before.revision());
    }
    var after = merged(before, records);
    boolean won =
        before.equals(Roster.EMPTY)
            ? rosters.putIfAbsent(cluster, after) == null
            : rosters.replace(cluster, before, after);
    return won
        ? new CommitResult.Applied(after.revision())
        : new CommitResult.Rejected(roster(cluster).revision());
  }

  @Override
  public void forget(ClusterRef cluster) {
    rosters.remove(cluster);
  }

  private static Roster merged(Roster before, List<MemberRecord> records) {
    var byName = new TreeMap<MemberName, MemberRecord>();
    before.members().forEach(member -> byName.put(member.name(), member));
    records.forEach(member -> byName.put(member.name(), member));
    return new Roster(before.revision().next(), List.copyOf(byName.values()));
  }
}
