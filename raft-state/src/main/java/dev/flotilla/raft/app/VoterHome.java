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

  /// Which voters of a store have their votes and log here.
  ///
  /// @throws IOException if the disk cannot be read: it must not be taken for an empty one
  SortedSet<VoterId> onDisk(UUID group) throws IOException {
    var found = new TreeSet<VoterId>();
    try (var folders = Files.newDirectoryStream(directory)) {
      for (Path folder : folders) {
        VoterId.parse(folder.getFileName().toString())
            .filter(voter -> Voter.hasStarted(group, folder))
            .ifPresent(found::add);
      }
    }
    return found;
  }

  /// Takes away what earlier incarnations left. They never come back.
  void clear() throws IOException {
    try (var folders = Files.newDirectoryStream(directory)) {
      for (Path folder : folders) {
        if (VoterId.parse(folder.getFileName().toString()).isPresent()) {
          delete(folder);
        }
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
