package dev.flotilla.operator.app;

import dev.flotilla.raft.app.VoterHome;
import dev.flotilla.raft.app.VoterRecord;
import dev.flotilla.topology.model.Zone;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Where this process keeps its part of the store, and where the others reach it.
final class RaftVariables {

  private static final String ZONE = "FLOTILLA_ZONE";
  private static final String ZONES = "FLOTILLA_STORE_ZONES";
  private static final String DIRECTORY = "FLOTILLA_STORE_DIRECTORY";
  private static final String ADDRESS = "FLOTILLA_STORE_ADDRESS";

  /// With less room the voter stops, so that it never loses what it promised.
  private static final long RESERVE = 64L * 1024 * 1024;

  /// Calm on a machine that is busy, and still far below the 30 s of a take-over.
  private static final Duration ELECTION = Duration.ofSeconds(2);

  private RaftVariables() {}

  static VoterHome home(Environment environment) {
    var list = environment.text(ZONES, "");
    var zones =
        Arrays.stream(list.split(","))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .map(Zone::new)
            .collect(Collectors.toCollection(TreeSet::new));
    if (zones.size() < VoterRecord.LEAST_ZONES) {
      throw Environment.refused(
          ZONES,
          "at least %d zones with commas between them".formatted(VoterRecord.LEAST_ZONES),
          list);
    }
    var name = environment.text(ZONE, "");
    if (name.isEmpty() || !zones.contains(new Zone(name))) {
      throw Environment.refused(ZONE, "one of " + zones, name);
    }
    return new VoterHome(
        new Zone(name), zones, directory(environment), place(environment), RESERVE, ELECTION);
  }

  private static Path directory(Environment environment) {
    var directory = Path.of(environment.text(DIRECTORY, "/var/lib/flotilla"));
    if (!Files.isDirectory(directory) || !Files.isWritable(directory)) {
      throw Environment.refused(DIRECTORY, "a folder that can be written", directory.toString());
    }
    return directory;
  }

  /// Not looked up, and not every address of the machine.
  private static InetSocketAddress place(Environment environment) {
    var address = environment.text(ADDRESS, "");
    if (!address.matches("[0-9.]+|[0-9a-fA-F:]*:[0-9a-fA-F:.]*")) {
      throw Environment.refused(ADDRESS, "the address of this pod", address);
    }
    return new InetSocketAddress(address, environment.port("FLOTILLA_STORE_PORT", "8444"));
  }
}
