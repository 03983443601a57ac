package dev.flotilla.raft.ratis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.raft.ratis.VoterProcess.Group;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private VoterId third = THIRD;

  private ThreeVoters(Path directory) {
    this.directory = directory;
    group =
        new Group(
            UUID.randomUUID(),
            new TreeSet<>(List.of(OURS, SECOND, THIRD)),
            Places.free(List.of(OURS, SECOND, THIRD, NEXT_THIRD)),
            VoterProcess.ELECTION);
  }

  /// @param directory an empty one
  static ThreeVoters start(Path directory) throws IOException, InterruptedException {
    var voters = new ThreeVoters(directory);
    try {
      voters.heal();
      return voters;
    } catch (IOException | InterruptedException | RuntimeException | AssertionError e) {
      voters.close();
      throw e;
    }
  }

  /// Starts whoever does not run, all at once, and waits until the store answers.
  void heal() throws IOException, InterruptedException {
    var starting = new ArrayList<VoterId>();
    for (VoterId voter : List.of(SECOND, third)) {
      if (!processes.containsKey(voter) || !process(voter).isAlive()) {
        launch(voter);
        starting.add(voter);
      }
    }
    if (ours.isEmpty()) {
      startOurs();
    }
    for (VoterId voter : starting) {
      assertThat(hasStarted(voter)).as("see %s", log(voter)).isTrue();
    }
    new Counter(ours().store()).reread(); // once it knows, there is a leader
  }

  private void startOurs() throws IOException, InterruptedException {
    var surroundings = new Voter.Surroundings(group.places(), System::nanoTime, freeBytes::get);
    ours = Optional.of(VoterProcess.start(group, OURS, folder(OURS), surroundings));
  }

  private void stopOurs() {
    ours.ifPresent(Voter::close);
    ours = Optional.empty();
  }

  /// All of them end, and start again from their disks.
  void restart() throws IOException, InterruptedException {
    stopOurs();
    kill(SECOND);
    kill(third);
    heal();
  }

  /// One ends and starts again from its disk at another place, of which the others are told.
  void move(VoterId voter) throws IOException, InterruptedException {
    if (voter.equals(OURS)) {
      stopOurs();
    } else {
      kill(voter);
    }
    var place = Places.free(List.of(voter)).toString();
    group.places().move(place);
    for (VoterId other : List.of(SECOND, third)) {
      if (!other.equals(voter)) {
        say(other, place);
      }
    }
    heal();
  }

  /// The ways between the voters.
  record Ways(List<Relay> relays) implements AutoCloseable {

    /// Bytes that went through.
    long carried() {
      return relays.stream().mapToLong(Relay::carried).sum();
    }

    @Override
    public void close() {
      relays.forEach(Relay::close);
    }
  }

  /// From here on everything that our voter says to the others takes its time, and their answers.
  ///
  /// @param delay on each way
  Ways moveApart(Duration delay) throws IOException {
    var relays = new ArrayList<Relay>();
    for (VoterId voter : List.of(OURS, SECOND, THIRD)) {
      var relay = new Relay(group.places().address(voter).orElseThrow(), delay);
      relays.add(relay);
      group.places().put(voter, relay.address());
    }
    for (VoterId voter : List.of(OURS, SECOND, THIRD)) {
      var place = group.places().place(voter);
      group.places().move(place);
      say(SECOND, place);
      say(THIRD, place);
    }
    ours().run().orElseThrow().reconnect(); // what goes on a connection stays on it
    return new Ways(relays);
  }

  /// Lets a voter lead; on a busy machine it may take more than one attempt.
  void letLead(VoterId voter) throws Exception {
    Await.that(
        voter + " leads",
        () -> {
          try {
            ours().letLead(voter);
          } catch (IOException e) {
            return false;
          }
          return ours().run().orElseThrow().leader().equals(Optional.of(voter.peerId()));
        });
  }

  /// Who runs in zone-c, unless it was lost.
  VoterId third() {
    return third;
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
    launch(voter);
    return hasStarted(voter);
  }

  private void launch(VoterId voter) throws IOException {
    var noNames = Files.writeString(directory.resolve("no-names"), "");
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", // it does not live for long
                "-Djdk.net.hosts.file=" + noNames, // as if no name service answered
                "-cp",
                System.getProperty("java.class.path"),
                VoterProcess.class.getName()));
    command.addAll(group.arguments(voter, folder(voter)));
    var process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(log(voter).toFile()))
            .start();
    processes.put(voter, process);
    if (voter.zone().equals(THIRD.zone())) {
      third = voter;
    }
  }

  private boolean hasStarted(VoterId voter) throws IOException {
    return VoterProcess.STARTED.equals(process(voter).inputReader().readLine());
  }

  /// The process in which a voter runs.
  long pid(VoterId voter) {
    return voter.equals(OURS) ? ProcessHandle.current().pid() : process(voter).pid();
  }

  /// What each voter knows, as one text.
  Map<VoterId, String> digests() throws IOException {
    var digests = new TreeMap<VoterId, String>();
    digests.put(OURS, VoterProcess.digest(ours()));
    for (VoterId voter : List.of(SECOND, third)) {
      say(voter, VoterProcess.DIGEST);
      digests.put(voter, process(voter).inputReader().readLine());
    }
    return digests;
  }

  private void say(VoterId voter, String line) throws IOException {
    var out = process(voter).outputWriter();
    out.write(line + "\n");
    out.flush();
  }

  /// Ends a voter's process as a power cut would.
  void kill(VoterId voter) throws InterruptedException {
    process(voter).destroyForcibly().waitFor();
  }

  /// Lets a voter do nothing any more, as if its machine were off: who waits for it is not told.
  void freeze(VoterId voter) throws IOException, InterruptedException {
    signal(voter, "STOP");
  }

  void thaw(VoterId voter) throws IOException, InterruptedException {
    signal(voter, "CONT");
  }

  private void signal(VoterId voter, String name) throws IOException, InterruptedException {
    int code = new ProcessBuilder("kill", "-" + name, "" + pid(voter)).start().waitFor();
    assertThat(code).isZero();
  }

  private Process process(VoterId voter) {
    var process = processes.get(voter);
    assertThat(process).as("%s was started", voter).isNotNull();
    return process;
  }

  @Override
  public void close() {
    stopOurs();
    processes.values().forEach(Process::destroyForcibly);
  }
}
