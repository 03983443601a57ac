package dev.flotilla.operator.core.fleet;

import dev.flotilla.topology.model.Zone;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/// What is disrupted on purpose in other databases, as counts: it names none of them.
///
/// Source: docs/adr/0032-a-budget-for-the-fleet.md
///
/// @param running how many other databases are disrupted now, from 0 on
/// @param zones of the members that those do without
/// @param ahead how many wait for that and came before this one, from 0 on
/// @param zonesAhead which zones those wait for
public record Disruptions(
    int running, SortedSet<Zone> zones, int ahead, SortedSet<Zone> zonesAhead) {

  /// Nobody is disrupted, and nobody waits.
  public static final Disruptions NONE =
      new Disruptions(0, Collections.emptySortedSet(), 0, Collections.emptySortedSet());

  public Disruptions {
    zones = Collections.unmodifiableSortedSet(new TreeSet<>(zones));
    zonesAhead = Collections.unmodifiableSortedSet(new TreeSet<>(zonesAhead));
  }

  /// Whether there is a place for one more database.
  public boolean leavesPlace(FleetLimits.Disruption limits) {
    return running + ahead < limits.maxClusters();
  }

  /// Whether members of these zones may be disrupted beside what is. Who waits for another zone
  /// counts, too: otherwise those who come later for today's zone would make it wait for ever.
  public boolean allows(SortedSet<Zone> wanted, FleetLimits.Disruption limits) {
    var all = new TreeSet<>(zones);
    all.addAll(zonesAhead);
    all.addAll(wanted);
    return !limits.oneZoneAtATime() || all.size() <= 1;
  }
}
