package dev.flotilla.operator.api;

import dev.flotilla.operator.port.Glance;
import dev.flotilla.topology.model.ClusterRef;

/// What the operator sees, as far as it is asked over HTTPS.
public interface Eyes {

  /// A cluster as it is.
  Glance look(ClusterRef cluster);

  /// A cluster as it would be if a manifest were applied.
  ///
  /// @param manifest a `DatabaseCluster` as JSON
  Glance suppose(ClusterRef cluster, String manifest);
}
