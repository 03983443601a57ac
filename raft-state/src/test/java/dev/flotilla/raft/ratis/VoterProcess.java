package dev.flotilla.raft.ratis;

import dev.flotilla.raft.machine.StateCodec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/// One voter in a process of its own. A line `digest` makes it print its digest, a line
/// `VOTER=ADDRESS:PORT` tells it where a voter is from now on; it ends with whoever started it, by
/// the end of its input.
final class VoterProcess {

  /// What it prints once it has started.
  static final String STARTED = "started";

  static final String DIGEST = "digest";

  /// Long enough for a machine with two busy processors.
  static final Duration ELECTION = Duration.ofSeconds(1);

  /// Of a voter that has nobody to wait for.
  static final Duration ELECTION_ALONE = Duration.ofMillis(100);

  private static final long RESERVE = 1024;

  private VoterProcess() {}

  /// The voters of a group on this machine.
  ///
  /// @param founders who founds it
  /// @param places of the founders, and of those that will join
  record Group(UUID id, SortedSet<VoterId> founders, Places places, Duration election) {

    VoterSettings settings(VoterId self, Path directory) {
      var address = places.address(self).orElseThrow();
      var voters = new TreeSet<>(founders);
      voters.add(self);
      return new VoterSettings(
          id, self, voters, directory, address, RESERVE, election, Optional.empty());
    }

    /// As [#main] reads it.
    List<String> arguments(VoterId self, Path directory) {
      var first = founders.stream().map(VoterId::toString).collect(Collectors.joining(","));
      return List.of(
          id.toString(),
          first,
          places.toString(),
          election.toString(),
          self.toString(),
          directory.toString());
    }

    static Group of(String[] arguments) {
      var first =
          Arrays.stream(arguments[1].split(","))
              .map(VoterId::of)
              .collect(Collectors.toCollection(TreeSet::new));
      var places = Places.parse(arguments[2]);
      return new Group(UUID.fromString(arguments[0]), first, places, Duration.parse(arguments[3]));
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

  static Voter.Surroundings surroundings(Group group) {
    return new Voter.Surroundings(group.places(), System::nanoTime, () -> Long.MAX_VALUE);
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    var group = Group.of(arguments);
    var self = VoterId.of(arguments[4]);
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (var voter = start(group, self, Path.of(arguments[5]), surroundings(group))) {
      System.out.println(STARTED);
      for (var line = in.readLine(); line != null; line = in.readLine()) {
        if (line.equals(DIGEST)) {
          System.out.println(digest(voter));
        } else {
          group.places().move(line);
        }
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
