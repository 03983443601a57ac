package dev.flotilla.chaos.bench.store;

import dev.flotilla.raft.ratis.PeerDirectory;
import dev.flotilla.raft.ratis.Voter;
import dev.flotilla.raft.ratis.VoterId;
import dev.flotilla.raft.ratis.VoterSettings;
import dev.flotilla.topology.store.TopologyStore.Registration;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;

/// Three voters on this machine.
///
/// @param ports one for each of [#VOTERS]
/// @param directory where each has a folder of its own
record BenchGroup(UUID id, List<Integer> ports, Path directory) implements PeerDirectory {

  static final List<VoterId> VOTERS =
      List.of(VoterId.of("a.1"), VoterId.of("b.1"), VoterId.of("c.1"));

  private static final long RESERVE = 1 << 20;

  /// As in an operator.
  private static final Duration ELECTION = Duration.ofSeconds(2);

  BenchGroup {
    ports = List.copyOf(ports);
  }

  @Override
  public Optional<InetSocketAddress> address(VoterId voter) {
    int index = VOTERS.indexOf(voter);
    return index < 0
        ? Optional.empty()
        : Optional.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.get(index)));
  }

  /// Everybody stays where it is.
  @Override
  public Registration onChange(Runnable changed) {
    return () -> {};
  }

  /// Founds a voter, or starts it again.
  Voter start(VoterId self) throws IOException, InterruptedException {
    var folder = Files.createDirectories(directory.resolve(self.toString()));
    var settings =
        new VoterSettings(
            id,
            self,
            new TreeSet<>(VOTERS),
            folder,
            address(self).orElseThrow(),
            RESERVE,
            ELECTION,
            Optional.empty());
    var surroundings = new Voter.Surroundings(this, System::nanoTime, () -> Long.MAX_VALUE);
    return Voter.hasStarted(id, folder)
        ? Voter.resume(settings, surroundings)
        : Voter.found(settings, surroundings);
  }
}
