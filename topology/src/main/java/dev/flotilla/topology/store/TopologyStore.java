package dev.flotilla.topology.store;

import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.MemberRecord;
import dev.flotilla.topology.model.Revision;
import java.util.List;

/// Where member records live.
///
/// Contract of every adapter, held by one suite of tests:
///
/// - A read sees every commit that was applied before the read began.
/// - A commit is all or nothing, and applies only if the cluster is still at the expected revision.
/// - Clusters are independent of each other: a commit to one never makes a commit to another fail.
/// - No method blocks on another cluster's work.
public interface TopologyStore {

  /// The members of a cluster; [Roster#EMPTY] if none was ever recorded. Reads memory only.
  Roster roster(ClusterRef cluster);

  /// Records members, new ones and changed ones. Records that are not named stay as they are.
  ///
  /// @param expected the revision that the decision was made on
  CommitResult commit(ClusterRef cluster, Revision expected, List<MemberRecord> records);

  /// Drops everything that is known of a cluster whose resource is gone. Dropping what is not there
  /// changes nothing.
  void forget(ClusterRef cluster);
}
