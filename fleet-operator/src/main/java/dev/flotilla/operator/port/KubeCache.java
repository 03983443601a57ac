package dev.flotilla.operator.port;

import dev.flotilla.operator.core.fleet.FleetLimits;
import dev.flotilla.operator.core.object.Standing;
import dev.flotilla.operator.core.view.PodView;
import dev.flotilla.operator.core.view.PoolView;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.core.view.Request;
import dev.flotilla.operator.core.view.Terrain;
import dev.flotilla.operator.core.view.VolumeView;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.Epoch;
import dev.flotilla.topology.model.MemberName;
import dev.flotilla.topology.model.PoolName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// What the watches have shown so far. Every method reads memory only and never blocks.
///
/// It contains this process's own writes as soon as they were answered, so that a pass never
/// repeats what it has just done (R41). Maps are by name and hold only objects that carry the
/// cluster's labels.
public interface KubeCache {

  /// Every `DatabaseCluster` that there is.
  List<ClusterRef> clusters();

  /// How many there are.
  int clusterCount();

  /// Every cluster of which volume claims are left, and no `DatabaseCluster`.
  List<ClusterRef> leftovers();

  /// What the `FleetPolicy` allows, or what holds without one; Unknown if it makes no sense or has
  /// not been read yet.
  Reading<FleetLimits> limits();

  /// The `DatabaseCluster`; empty if there is none (any more).
  Optional<ClusterResource> cluster(ClusterRef cluster);

  /// Pods by member name.
  SortedMap<MemberName, PodView> pods(ClusterRef cluster);

  /// Volume claims by claim name.
  SortedMap<String, VolumeView> volumes(ClusterRef cluster);

  SortedMap<PoolName, PoolView> pools(ClusterRef cluster);

  /// When each member's certificate ends.
  SortedMap<MemberName, Instant> certificates(ClusterRef cluster);

  Standing standing(ClusterRef cluster);

  /// What persons ask to be done with the cluster's members, without what became of those.
  List<Request> requests(ClusterRef cluster);

  Terrain terrain();

  /// The version of the tenant's Secret; empty if there is none. Its content is never cached: read
  /// it when this changes.
  Optional<String> tenantVersion(ClusterRef cluster);

  /// The epoch that the ConfigMap `flotilla-store` shows; empty until one was seen.
  Optional<Epoch> shownEpoch();

  /// Known if every watch is healthy and has been for a moment; otherwise Unknown names one that is
  /// not.
  Reading<Instant> fresh();
}
