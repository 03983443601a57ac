package dev.flotilla.operator.core.view;

import dev.flotilla.topology.model.Zone;
import java.util.List;

/// A storage class.
///
/// @param bindsLate whether a volume is made only once its pod has a node, so that it is made in
///   the right zone
/// @param grows whether volumes that exist can be made larger
/// @param zones where it can make volumes; empty means everywhere
public record StorageClassView(
    String name, boolean isDefault, boolean bindsLate, boolean grows, List<Zone> zones) {

  public StorageClassView {
    zones = List.copyOf(zones);
  }

  public boolean serves(Zone zone) {
    return zones.isEmpty() || zones.contains(zone);
  }
}
