package dev.flotilla.raft.ratis;

import dev.flotilla.raft.machine.StateCodec;
import dev.flotilla.topology.store.TopologyStore.Registration;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/// One voter in a process of its own. For each line that it reads it prints its digest; it ends
/// with whoever started it, by the end of its input.
final class VoterProcess {

  /// What it prints once it has started.
  static final String STARTED = "started";

  /// Long enough for a machine with two busy processors.
  private static final Duration ELECTION = Duration.ofSeconds(1);

  private static final long RESERVE = 1024;

  private VoterProcess() {}

  /// Where the voters of a group listen, on this machine.
  ///
  /// @param founders who founds it
  /// @param addresses of the founders, and of those that will join
  record Group(
      UUID id, SortedSet<VoterId> founders, SortedMap<VoterId, InetSocketAddress> addresses)
      implements PeerDirectory {

    VoterSettings settings(VoterId self, Path directory) {
      var address = Objects.requireNonNull(addresses.get(self));
      var voters = new TreeSet<>(founders);
      voters.add(self);
      return new VoterSettings(
          id, self, voters, directory, address, RESERVE, ELECTION, Optional.empty());
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
      var places =
          addresses.entrySet().stream()
              .map(place ->
                  "%s=%s:%d"
                      .formatted(
                          place.getKey(),
                          place.getValue().getAddress().getHostAddress(),
                          place.getValue().getPort()))
              .collect(Collectors.joining(","));
      var first = founders.stream().map(VoterId::toString).collect(Collectors.joining(","));
      return List.of(id.toString(), first, places, self.toString(), directory.toString());
    }

    static Group of(String id, String founders, String places) {
      var addresses = new TreeMap<VoterId, InetSocketAddress>();
      for (String place : places.split(",")) {
        var parts = place.split("[=:]");
        addresses.put(
            VoterId.of(parts[0]), new InetSocketAddress(parts[1], Integer.parseInt(parts[2])));
      }
      var first =
          Arrays.stream(founders.split(","))
              .map(VoterId::of)
              .collect(Collectors.toCollection(TreeSet::new));
      return new Group(UUID.fromString(id), first, addresses);
    }
  }

  /// Starts a voter as its disk and the group say: again, as a founder, or as one that joins.
  static Voter start(Group group, VoterId self, Path directory, Voter.Surroundings surroundings)
      throws IOException, InterruptedException {
    var settings = group.settings(self, directory);
    if (Voter.hasStarted(settings.group(), settings.directory())) {
      return Voter.resume(settings, surroundings);
    }
    return group.founders().contains(self)
        ? Voter.found(settings, surroundings)
        : Voter.join(settings, surroundings);
  }

  static Voter.Surroundings surroundings(PeerDirectory peers) {
    return new Voter.Surroundings(peers, System::nanoTime, () -> Long.MAX_VALUE);
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    var group = Group.of(arguments[0], arguments[1], arguments[2]);
    var self = VoterId.of(arguments[3]);
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (var voter = start(group, self, Path.of(arguments[4]), surroundings(group))) {
      System.out.println(STARTED);
      while (in.readLine() != null) {
        System.out.println(digest(voter));
      }
    }
  }

  /// One text for each state.
  static String digest(Voter voter) {
    var state = voter.run().orElseThrow().machine().state();
    try {
      var hash = MessageDigest.getInstance("SHA-256").digest(StateCodec.encode(state));
      return "%s: %s".formatted(state.revision(), HexFormat.of().formatHex(hash));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
