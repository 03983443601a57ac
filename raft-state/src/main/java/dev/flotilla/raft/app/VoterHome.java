package dev.flotilla.raft.app;

import dev.flotilla.raft.ratis.Voter;
import dev.flotilla.raft.ratis.VoterId;
import dev.flotilla.topology.model.Zone;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;

/// Where the voter of a zone lives. Each incarnation has a folder of its own on the disk.
///
/// @param zone where this process runs
/// @param zones of the store, this one among them
/// @param directory on a disk that is kept when the process ends
/// @param place where other voters reach it
/// @param reserve bytes that stay free on the disk
/// @param election the shortest time without a leader's word after which a voter stands for
///   election
public record VoterHome(
    Zone zone,
    SortedSet<Zone> zones,
    Path directory,
    InetSocketAddress place,
    long reserve,
    Duration election) {

  /// What keeps a folder from being used twice at a time.
  private static final String LOCK = "in_use.lock";

  public VoterHome {
    zones = Collections.unmodifiableSortedSet(new TreeSet<>(zones));
    if (!zones.contains(zone)) {
      throw new IllegalArgumentException("zone %s is not among %s".formatted(zone, zones));
    }
  }

  /// The folder of one incarnation.
  Path of(VoterId voter) {
    return directory.resolve(voter.toString());
  }

  /// What a disk says of the voters of a store.
  ///
  /// @param started those whose votes and log are here
  /// @param claimed those that have a folder here and never wrote anything into it
  /// @param other those in whose folder something else is, such as the log of another store
  record Disk(SortedSet<VoterId> started, SortedSet<VoterId> claimed, SortedSet<VoterId> other) {}

  /// Reads the disk.
  ///
  /// @throws IOException if it cannot be read: it must not be taken for an empty one
  Disk disk(UUID group) throws IOException {
    var started = new TreeSet<VoterId>();
    var claimed = new TreeSet<VoterId>();
    var other = new TreeSet<VoterId>();
    for (VoterId voter : voters()) {
      if (Voter.hasStarted(group, of(voter))) {
        started.add(voter);
      } else if (isUntouched(of(voter))) {
        claimed.add(voter);
      } else {
        other.add(voter);
      }
    }
    return new Disk(started, claimed, other);
  }

  /// Those that have a folder here.
  private List<VoterId> voters() throws IOException {
    try (var all = Files.list(directory)) {
      return all.flatMap(folder -> VoterId.parse(folder.getFileName().toString()).stream())
          .toList();
    }
  }

  /// A vote is a file; half a file is one, too.
  private static boolean isUntouched(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return files.filter(file -> !file.endsWith(LOCK)).allMatch(Files::isDirectory);
    }
  }

  /// Makes the folder of a voter that the record names, in place of what earlier ones left: they
  /// never come back.
  void claim(VoterId voter) throws IOException {
    for (VoterId earlier : voters()) {
      if (!earlier.equals(voter)) {
        delete(of(earlier));
      }
    }
    Files.createDirectories(of(voter));
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
