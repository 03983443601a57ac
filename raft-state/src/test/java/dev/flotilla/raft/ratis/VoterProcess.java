package dev.flotilla.raft.ratis;

import dev.flotilla.topology.store.TopologyStore.Registration;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/// One voter in a process of its own. It ends with whoever started it, by the end of its input.
final class VoterProcess {

  /// What it prints once it has started.
  static final String STARTED = "started";

  /// Long enough for a machine with two busy processors.
  private static final Duration ELECTION = Duration.ofSeconds(1);

  private VoterProcess() {}

  /// Where the voters of a group listen, on this machine.
  record Group(UUID id, SortedMap<VoterId, InetSocketAddress> addresses) implements PeerDirectory {

    VoterSettings settings(VoterId self, Path directory) {
      var address = addresses.get(self);
      return new VoterSettings(
          id,
          self,
          new TreeSet<>(addresses.keySet()),
          directory,
          address.getAddress().getHostAddress(),
          address.getPort(),
          ELECTION);
    }

    @Override
    public Optional<InetSocketAddress> address(VoterId voter) {
      return Optional.ofNullable(addresses.get(voter));
    }

    @Override
    public Registration onChange(Runnable changed) {
      return () -> {};
    }

    /// As [#main] reads it.
    List<String> arguments(VoterId self, Path directory) {
      var peers =
          addresses.entrySet().stream()
              .map(peer ->
                  "%s=%s:%d"
                      .formatted(
                          peer.getKey(),
                          peer.getValue().getAddress().getHostAddress(),
                          peer.getValue().getPort()))
              .collect(Collectors.joining(","));
      return List.of(id.toString(), peers, self.toString(), directory.toString());
    }

    static Group of(String id, String peers) {
      var addresses = new TreeMap<VoterId, InetSocketAddress>();
      for (String peer : peers.split(",")) {
        var parts = Arrays.asList(peer.split("[=:]"));
        addresses.put(
            VoterId.of(parts.get(0)),
            new InetSocketAddress(parts.get(1), Integer.parseInt(parts.get(2))));
      }
      return new Group(UUID.fromString(id), addresses);
    }
  }

  /// Founds a voter, or resumes it if it has been started before.
  static Voter start(Group group, VoterId self, Path directory)
      throws IOException, InterruptedException {
    var settings = group.settings(self, directory);
    return Voter.hasStarted(settings)
        ? Voter.resume(settings, group, System::nanoTime)
        : Voter.found(settings, group, System::nanoTime);
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    var group = Group.of(arguments[0], arguments[1]);
    try (var _ = start(group, VoterId.of(arguments[2]), Path.of(arguments[3]))) {
      System.out.println(STARTED);
      System.in.transferTo(OutputStream.nullOutputStream());
    }
  }
}
