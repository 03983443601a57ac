package dev.flotilla.raft.app;

import dev.flotilla.raft.ratis.VoterId;
import dev.flotilla.topology.model.Zone;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Who votes in the store, kept outside of it, so that a voter without a disk can learn that it had
/// one. It is created once and then changed by compare-and-set alone.
///
/// @param group the store's identity
/// @param newest the last incarnation of each zone's voter
/// @param started those of them that may have written to a disk
public record VoterRecord(UUID group, SortedMap<Zone, VoterId> newest, SortedSet<VoterId> started) {

  /// A majority of them survives the loss of any one.
  public static final int LEAST_ZONES = 3;

  private static final String GROUP = "group";
  private static final String VOTERS = "voters";
  private static final String STARTED = "started";

  public VoterRecord {
    newest = Collections.unmodifiableSortedMap(new TreeMap<>(newest));
    started = Collections.unmodifiableSortedSet(new TreeSet<>(started));
    if (newest.size() < LEAST_ZONES) {
      throw new IllegalArgumentException(
          "a store has voters in at least %d zones, was %s"
              .formatted(LEAST_ZONES, newest.keySet()));
    }
  }

  /// A store that nobody has started yet.
  public static VoterRecord founding(UUID group, SortedSet<Zone> zones) {
    var first = new TreeMap<Zone, VoterId>();
    zones.forEach(zone -> first.put(zone, new VoterId(zone, 1)));
    return new VoterRecord(group, first, new TreeSet<>());
  }

  /// Everybody who should vote now.
  public SortedSet<VoterId> voters() {
    return new TreeSet<>(newest.values());
  }

  /// The voter of a zone; empty if the zone has none.
  public Optional<VoterId> voter(Zone zone) {
    return Optional.ofNullable(newest.get(zone));
  }

  /// The same, and a voter that is going to write to its disk.
  VoterRecord start(VoterId voter) {
    var zones = new TreeMap<>(newest);
    zones.put(voter.zone(), voter);
    var more = new TreeSet<>(started);
    more.removeIf(earlier -> earlier.zone().equals(voter.zone()));
    more.add(voter);
    return new VoterRecord(group, zones, more);
  }

  /// As entries of a ConfigMap.
  public Map<String, String> entries() {
    return Map.of(
        GROUP, group.toString(),
        VOTERS, words(voters()),
        STARTED, words(started));
  }

  private static String words(SortedSet<VoterId> voters) {
    return voters.stream().map(VoterId::toString).collect(Collectors.joining(" "));
  }

  /// Reads what [#entries] wrote; empty if nothing was written.
  ///
  /// @throws IllegalArgumentException if it is something else; names the entry
  public static Optional<VoterRecord> read(Map<String, String> entries) {
    return Stream.of(GROUP, VOTERS, STARTED).anyMatch(entries::containsKey)
        ? Optional.of(of(entries))
        : Optional.empty();
  }

  private static VoterRecord of(Map<String, String> entries) {
    var newest = new TreeMap<Zone, VoterId>();
    voters(entries, VOTERS).forEach(voter -> newest.put(voter.zone(), voter));
    return new VoterRecord(
        UUID.fromString(entry(entries, GROUP)), newest, voters(entries, STARTED));
  }

  private static SortedSet<VoterId> voters(Map<String, String> entries, String name) {
    return Arrays.stream(entry(entries, name).split(" "))
        .filter(word -> !word.isEmpty())
        .map(VoterId::of)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String entry(Map<String, String> entries, String name) {
    return Optional.ofNullable(entries.get(name))
        .orElseThrow(
            () -> new IllegalArgumentException("the record of voters has no entry " + name));
  }
}
