package dev.flotilla.operator.port;

import dev.flotilla.topology.model.ClusterRef;

/// Whom the watches tell that something changed. Called in a watch's own thread, so it never
/// blocks. What this process wrote itself is not told.
public interface Awakener {

  /// Something changed that matters to the cluster: look at it soon.
  void changed(ClusterRef cluster);

  /// What the user wants of the cluster changed, or the cluster is going away: a pass that runs on
  /// what was wanted before shall end, and another one begin.
  void respecified(ClusterRef cluster);

  /// Another operator acts, or this one does now: what runs shall end. Every cluster is told by
  /// [#changed] besides.
  void epochChanged();
}
