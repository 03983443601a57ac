package dev.flotilla.operator.kube;

import dev.flotilla.crds.v1alpha1.DatabaseClusterStatus;
import dev.flotilla.crds.v1alpha1.operation.DatabaseOperationStatus;
import dev.flotilla.operator.core.view.PoolView;
import dev.flotilla.operator.kube.read.PoolReader.PoolFacts;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.PoolName;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// A [Sight] without watches: the sample cluster and its pool are there, and it remembers what it
/// is told.
final class Blind implements Sight {

  final List<HasMetadata> written = new ArrayList<>();
  Optional<DatabaseClusterStatus> status = Optional.empty();
  boolean shown = true;

  @Override
  public Optional<String> uid(ClusterRef cluster) {
    return Optional.of(Samples.CLUSTER_UID);
  }

  @Override
  public Optional<DatabaseClusterStatus> status(ClusterRef cluster) {
    return status;
  }

  @Override
  public Optional<DatabaseOperationStatus> operationStatus(ClusterRef cluster, String operation) {
    return Optional.empty();
  }

  @Override
  public SortedMap<PoolName, PoolFacts> poolFacts(ClusterRef cluster) {
    var pool = new PoolView(Samples.POOL, Samples.POOL_UID, 3, Optional.empty());
    var facts = new TreeMap<PoolName, PoolFacts>();
    facts.put(Samples.POOL, new PoolFacts(pool, 1, Optional.empty()));
    return facts;
  }

  @Override
  public boolean isSound(ClusterRef cluster) {
    return true;
  }

  @Override
  public boolean shows(ClusterRef cluster, HasMetadata object) {
    return shown;
  }

  @Override
  public void written(HasMetadata object) {
    written.add(object);
  }
}
