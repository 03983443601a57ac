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
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/// A store of three voters: one in this process, two in processes of their own.
final class ThreeVoters implements AutoCloseable {

  static final VoterId OURS = VoterId.of("zone-a.1");
  static final VoterId SECOND = VoterId.of("zone-b.1");
  static final VoterId THIRD = VoterId.of("zone-c.1");

  /// Has a place to listen, and comes in the third one's stead.
  static final VoterId NEXT_THIRD = THIRD.next();

  private final Group group;
  private final Path directory;
  private final Map<VoterId, Process> processes = new HashMap<>();
  private final AtomicLong freeBytes = new AtomicLong(Long.MAX_VALUE);
  private Optional<Voter> ours = Optional.empty();

  private ThreeVoters(Path directory) {
    this.directory = directory;
    group =
        new Group(
            UUID.randomUUID(),
            new TreeSet<>(List.of(OURS, SECOND, THIRD)),
            places(List.of(OURS, SECOND, THIRD, NEXT_THIRD)));
  }

  /// @param directory an empty one
  static ThreeVoters start(Path directory) throws IOException, InterruptedException {
    var voters = new ThreeVoters(directory);
    try {
      voters.start();
      return voters;
    } catch (IOException | InterruptedException | RuntimeException | AssertionError e) {
      voters.close();
      throw e;
    }
  }

  private void start() throws IOException, InterruptedException {
    start(SECOND);
    start(THIRD);
    startOurs();
  }

  private void startOurs() throws IOException, InterruptedException {
    var surroundings = new Voter.Surroundings(group, System::nanoTime, freeBytes::get);
    ours = Optional.of(VoterProcess.start(group, OURS, folder(OURS), surroundings));
    new Counter(ours().store()).reread(); // once it knows, there is a leader
  }

  /// All of them end, and start again from their disks.
  void restart() throws IOException, InterruptedException {
    ours().close();
    kill(SECOND);
    kill(THIRD);
    start();
  }

  Voter ours() {
    return ours.orElseThrow();
  }

  /// What is left on our voter's disk.
  void freeBytes(long bytes) {
    freeBytes.set(bytes);
  }

  Path folder(VoterId voter) {
    return directory.resolve(voter.toString());
  }

  /// Free places to listen, on this machine.
  static SortedMap<VoterId, InetSocketAddress> places(List<VoterId> voters) {
    var places = new TreeMap<VoterId, InetSocketAddress>();
    var held = new ArrayList<ServerSocket>();
    try {
      for (VoterId voter : voters) {
        var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        held.add(socket);
        places.put(voter, new InetSocketAddress(socket.getInetAddress(), socket.getLocalPort()));
      }
      for (ServerSocket socket : held) {
        socket.close();
      }
      return places;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Starts a voter in its own process.
  void start(VoterId voter) throws IOException {
    assertThat(tryStart(voter)).as("see %s", log(voter)).isTrue();
  }

  /// Where a voter in a process of its own writes why it does not start.
  Path log(VoterId voter) {
    return directory.resolve(voter + ".log");
  }

  /// @return false if it ends at once
  boolean tryStart(VoterId voter) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                VoterProcess.class.getName()));
    command.addAll(group.arguments(voter, folder(voter)));
    var process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(log(voter).toFile()))
            .start();
    processes.put(voter, process);
    return VoterProcess.STARTED.equals(process.inputReader().readLine());
  }

  /// The process in which a voter runs.
  long pid(VoterId voter) {
    return voter.equals(OURS) ? ProcessHandle.current().pid() : process(voter).pid();
  }

  /// What each voter knows, as one text.
  Map<VoterId, String> digests() throws IOException {
    var digests = new TreeMap<VoterId, String>();
    digests.put(OURS, VoterProcess.digest(ours()));
    for (VoterId voter : List.of(SECOND, THIRD)) {
      var process = process(voter);
      process.outputWriter().write("digest\n");
      process.outputWriter().flush();
      digests.put(voter, process.inputReader().readLine());
    }
    return digests;
  }

  /// Ends a voter's process as a power cut would.
  void kill(VoterId voter) throws InterruptedException {
    process(voter).destroyForcibly().waitFor();
  }

  private Process process(VoterId voter) {
    var process = processes.get(voter);
    assertThat(process).as("%s was started", voter).isNotNull();
    return process;
  }

  @Override
  public void close() {
    ours.ifPresent(Voter::close);
    processes.values().forEach(Process::destroyForcibly);
  }
}
