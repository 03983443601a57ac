package dev.flotilla.topology.placement;

import dev.flotilla.topology.model.MemberName;
import dev.flotilla.topology.model.Slot;
import dev.flotilla.topology.model.Zone;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/// Who goes when a pool has more members than it shall have.
///
/// The zone that has most members that count gives one up, never one that has only what it needs:
/// the last member of a zone cannot be emptied while the engine wants a copy of everything in each
/// zone. A member that cannot take data, for whatever reason, does not count for its zone.
///
/// Source: ZD-1, ZD-9 in docs/requirements.md; zalando-incubator/es-operator#404
///
/// @param zones in which the pool shall be, in the order of the specification
/// @param floor how many members that count each of these zones keeps at least, from 1 on
/// @param candidates the pool's members that stay as yet
public record Surplus(List<Zone> zones, int floor, List<Candidate> candidates) {

  private static final Comparator<Candidate> LEAST_LOSS =
      Comparator.comparingLong(Candidate::bytes)
          .thenComparing(
              Comparator.comparingInt((Candidate member) -> member.slot().ordinal()).reversed())
          .thenComparing(Candidate::slot);

  public Surplus {
    if (floor < 1) {
      throw new IllegalArgumentException("a zone keeps at least one member, floor was " + floor);
    }
    zones = List.copyOf(zones);
    candidates = candidates.stream().sorted(Comparator.comparing(Candidate::slot)).toList();
  }

  /// A member that may have to go.
  ///
  /// @param use what it is good for
  /// @param bytes that would have to be moved; the largest number if that is not known
  public record Candidate(MemberName name, Slot slot, Use use, long bytes) {

    Zone zone() {
      return slot.zone();
    }

    boolean counts() {
      return use == Use.SERVES;
    }
  }

  /// What a member is good for.
  public enum Use {
    /// It serves and can take data: it counts for its zone.
    SERVES,

    /// It is there, and something keeps it from counting.
    HINDERED,

    /// The engine does not know it: it never joined, or does not come back.
    ABSENT
  }

  /// The members to give up now, the first one first; all of them in one zone. Empty if no zone has
  /// more than it needs.
  ///
  /// Whoever is absent goes first, if its zone has what it needs without it: nobody misses it. Of
  /// the others only who counts is chosen. Each one is chosen as if those before it had gone
  /// already, so they may go together.
  ///
  /// Source: R12, R22 in docs/requirements.md
  ///
  /// @param count how many are too many
  /// @param together how many may go at the same time
  public List<Candidate> victims(int count, int together) {
    int most = Math.max(0, Math.min(count, together));
    var absent = absent(most);
    return absent.isEmpty() ? serving(most) : absent;
  }

  /// Those whom nobody would miss, of one zone.
  private List<Candidate> absent(int most) {
    var counts = counts();
    var idle =
        candidates.stream()
            .filter(member -> member.use() == Use.ABSENT)
            .filter(member ->
                !zones.contains(member.zone()) || counts.getOrDefault(member.zone(), 0L) >= floor)
            .toList();
    return idle.stream()
        .filter(member -> member.zone().equals(idle.getFirst().zone()))
        .sorted(Comparator.comparing(Candidate::slot).reversed())
        .limit(most)
        .toList();
  }

  private List<Candidate> serving(int most) {
    var chosen = new ArrayList<Candidate>();
    while (chosen.size() < most) {
      var next =
          fullest(chosen)
              .filter(member -> chosen.isEmpty() || chosen.getFirst().zone().equals(member.zone()));
      if (next.isEmpty()) {
        return List.copyOf(chosen);
      }
      chosen.add(next.get());
    }
    return List.copyOf(chosen);
  }

  /// Members that count in each zone, zones of the specification without one included.
  public Map<Zone, Long> counts() {
    return counts(member -> true);
  }

  /// The one to go next; if several zones are the fullest, one from the zone of those who go
  /// already, so that no second zone is touched without need.
  private Optional<Candidate> fullest(List<Candidate> without) {
    var counts = counts(member -> !without.contains(member));
    var spare = new TreeMap<Zone, Long>();
    counts.forEach((zone, members) -> spare.put(zone, spare(zone, members)));
    long most = spare.values().stream().mapToLong(it -> it).max().orElse(0);
    if (most <= 0) {
      return Optional.empty();
    }
    return candidates.stream()
        .filter(Candidate::counts)
        .filter(member -> !without.contains(member))
        .filter(member -> spare.getOrDefault(member.zone(), 0L) == most)
        .min(
            Comparator.<Candidate, Boolean>comparing(member -> !sharesZone(member, without))
                .thenComparing(LEAST_LOSS));
  }

  private static boolean sharesZone(Candidate member, List<Candidate> others) {
    return others.stream().anyMatch(other -> other.zone().equals(member.zone()));
  }

  /// How many a zone could give up. One in which the pool shall not be any more needs none, and
  /// goes first.
  private long spare(Zone zone, long members) {
    return zones.contains(zone) ? members - floor : Integer.MAX_VALUE;
  }

  private Map<Zone, Long> counts(Predicate<Candidate> among) {
    var counts = new TreeMap<Zone, Long>();
    zones.forEach(zone -> counts.put(zone, 0L));
    candidates.stream()
        .filter(Candidate::counts)
        .filter(among)
        .forEach(member -> counts.merge(member.zone(), 1L, Long::sum));
    return counts;
  }
}
