package dev.flotilla.operator.josdk;

import dev.flotilla.operator.port.StopSignal;
import dev.flotilla.operator.shell.PassEnd;
import dev.flotilla.topology.model.ClusterRef;

/// What the queue runs: one pass over one cluster, never two of a cluster at once.
@FunctionalInterface
public interface Passes {

  /// Runs a pass in the caller's thread; does not throw.
  ///
  /// @param stop fired when the cluster is respecified, another operator acts, or the process stops
  PassEnd run(StopSignal stop, ClusterRef cluster);
}
