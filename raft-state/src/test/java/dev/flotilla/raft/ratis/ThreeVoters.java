package dev.flotilla.raft.ratis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.raft.ratis.VoterProcess.Group;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/// A store of three voters: one in this process, two in processes of their own.
final class ThreeVoters implements AutoCloseable {

  static final VoterId OURS = VoterId.of("zone-a.1");
  static final VoterId SECOND = VoterId.of("zone-b.1");
  static final VoterId THIRD = VoterId.of("zone-c.1");

  private final Group group;
  private final Path directory;
  private final Map<VoterId, Process> processes = new HashMap<>();
  private final Voter ours;

  private ThreeVoters(Path directory) throws IOException, InterruptedException {
    this.directory = directory;
    group = new Group(UUID.randomUUID(), addresses(List.of(OURS, SECOND, THIRD)));
    start(SECOND);
    start(THIRD);
    ours = VoterProcess.start(group, OURS, directory.resolve(OURS.toString()));
  }

  /// @param directory an empty one
  static ThreeVoters start(Path directory) throws IOException, InterruptedException {
    return new ThreeVoters(directory);
  }

  Voter ours() {
    return ours;
  }

  /// Free places to listen, on this machine.
  static TreeMap<VoterId, InetSocketAddress> addresses(List<VoterId> voters) {
    var addresses = new TreeMap<VoterId, InetSocketAddress>();
    var held = new ArrayList<ServerSocket>();
    try {
      for (VoterId voter : voters) {
        var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        held.add(socket);
        addresses.put(voter, new InetSocketAddress(socket.getInetAddress(), socket.getLocalPort()));
      }
      for (ServerSocket socket : held) {
        socket.close();
      }
      return addresses;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Starts a voter in its own process.
  void start(VoterId voter) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                VoterProcess.class.getName()));
    command.addAll(group.arguments(voter, directory.resolve(voter.toString())));
    var process =
        new ProcessBuilder(command)
            .redirectError(directory.resolve(voter + ".log").toFile())
            .start();
    processes.put(voter, process);
    assertThat(process.inputReader().readLine()).isEqualTo(VoterProcess.STARTED);
  }

  /// Makes another process lead.
  void letLead(VoterId voter) throws IOException {
    ours.letLead(voter);
  }

  @Override
  public void close() {
    ours.close();
    processes.values().forEach(Process::destroyForcibly);
  }
}
