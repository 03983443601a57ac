package dev.flotilla.operator.core.view;

import dev.flotilla.topology.model.Zone;
import java.util.Optional;

/// A Kubernetes node.
///
/// @param zone empty if the node carries no zone label; such a node counts for no zone
/// @param ready whether its kubelet reports
/// @param schedulable whether new pods may go there: not cordoned and no taint that keeps members
///   away
/// @param outOfService whether a person declared it out of service, which says that nothing runs on
///   it any more
public record NodeView(
    String name, Optional<Zone> zone, boolean ready, boolean schedulable, boolean outOfService) {

  /// Whether a new member could start here.
  public boolean isUsable() {
    return ready && schedulable && !outOfService;
  }
}
