package dev.flotilla.operator.kube;

import dev.flotilla.crds.v1alpha1.DatabaseClusterStatus;
import dev.flotilla.crds.v1alpha1.operation.DatabaseOperationStatus;
import dev.flotilla.operator.kube.read.PoolReader.PoolFacts;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.PoolName;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Optional;
import java.util.SortedMap;

/// What [Fabric8KubeApi] needs to know of what the watches have shown, and where it tells what it
/// has written.
public interface Sight {

  /// The uid of a `DatabaseCluster`; empty if there is none.
  Optional<String> uid(ClusterRef cluster);

  Optional<DatabaseClusterStatus> status(ClusterRef cluster);

  /// What stands in the status of an operation about a cluster.
  Optional<DatabaseOperationStatus> operationStatus(ClusterRef cluster, String operation);

  /// Whether what stands in a `DatabaseCluster` fits its schema.
  boolean isSound(ClusterRef cluster);

  SortedMap<PoolName, PoolFacts> poolFacts(ClusterRef cluster);

  /// Whether an object of this kind and name has been seen.
  boolean shows(ClusterRef cluster, HasMetadata object);

  /// The API server answered a write with this object: it is seen from now on, whatever the watch
  /// shows so far. Source: R41 in docs/requirements.md.
  void written(HasMetadata object);
}
