package dev.flotilla.topology.placement;

import dev.flotilla.topology.model.PoolName;
import dev.flotilla.topology.model.Slot;
import dev.flotilla.topology.model.Zone;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// How the members of one pool are spread over the zones.
///
/// @param pool whose members are counted
/// @param zones every zone that the pool may use, in the order of the cluster's specification;
///   never empty
/// @param taken the slots of members that count
/// @param given every slot that was ever given: none is given again, and a slot whose member is
///   gone makes its zone no fuller
public record ZoneSpread(PoolName pool, List<Zone> zones, List<Slot> taken, List<Slot> given) {

  public ZoneSpread {
    if (zones.isEmpty()) {
      throw new IllegalArgumentException("a pool needs at least one zone");
    }
    zones = List.copyOf(zones);
    taken = taken.stream().filter(slot -> slot.pool().equals(pool)).sorted().toList();
    given = given.stream().filter(slot -> slot.pool().equals(pool)).sorted().toList();
  }

  /// A pool none of whose members has gone.
  public static ZoneSpread of(PoolName pool, List<Zone> zones, Collection<Slot> taken) {
    return new ZoneSpread(pool, zones, List.copyOf(taken), List.copyOf(taken));
  }

  /// Slots for `count` more members, each in the zone that has the fewest by then.
  ///
  /// Zones that tie are taken in the order of the specification, so the same situation always gives
  /// the same slots. Members in zones that the specification no longer names count for nothing here
  /// and are not moved.
  public List<Slot> grow(int count) {
    var spread = this;
    var added = new ArrayList<Slot>();
    for (int i = 0; i < count; i++) {
      var slot = spread.next();
      added.add(slot);
      spread = spread.with(slot);
    }
    return List.copyOf(added);
  }

  /// Members in each zone of the specification, zones without one included, in the order of the
  /// specification.
  public Map<Zone, Long> counts() {
    var counts = new TreeMap<Zone, Long>(Comparator.comparingInt(zones::indexOf));
    zones.forEach(zone -> counts.put(zone, countIn(zone)));
    return counts;
  }

  private Slot next() {
    return zones.stream()
        .min(Comparator.comparingLong(this::countIn))
        .map(this::in)
        .orElseThrow(() -> new IllegalStateException("checked in the constructor"));
  }

  /// The slot for one more member in this very zone, however many it has.
  public Slot in(Zone zone) {
    return new Slot(pool, zone, 1 + Math.max(last(taken, zone), last(given, zone)));
  }

  private long countIn(Zone zone) {
    return taken.stream().filter(slot -> slot.zone().equals(zone)).count();
  }

  private static int last(List<Slot> slots, Zone zone) {
    return slots.stream()
        .filter(slot -> slot.zone().equals(zone))
        .mapToInt(Slot::ordinal)
        .max()
        .orElse(0);
  }

  private ZoneSpread with(Slot slot) {
    var all = new ArrayList<>(taken);
    all.add(slot);
    return new ZoneSpread(pool, zones, all, given);
  }
}
