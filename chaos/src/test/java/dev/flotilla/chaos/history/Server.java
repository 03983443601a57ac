package dev.flotilla.chaos.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.chaos.history.StoreServer.Request;
import dev.flotilla.chaos.history.StoreServer.Response;
import dev.flotilla.chaos.lab.LogEnd;
import dev.flotilla.chaos.lab.folder.Clearing;
import dev.flotilla.raft.ratis.VoterId;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/// One voter's process, as clients and faults see it.
final class Server implements AutoCloseable {

  private static final long PATIENCE = 40;

  private final Island island;
  private final String group;
  private final String voter;
  private final Path directory;
  private final List<String> wrapping;
  private final AtomicLong ids = new AtomicLong();
  private volatile Optional<Body> body = Optional.empty();
  private int starts;

  /// One run of the process.
  private record Body(
      Process process,
      String cable,
      ConcurrentMap<Long, CompletableFuture<Operation.Told>> pending) {}

  /// @param voter such as `a.1`
  /// @param directory for what it writes, in a folder of its own
  Server(Island island, String group, String voter, Path directory) {
    this(island, group, voter, directory, List.of());
  }

  private Server(Island island, String group, String voter, Path directory, List<String> wrapping) {
    this.island = island;
    this.group = group;
    this.voter = voter;
    this.directory = directory;
    this.wrapping = wrapping;
  }

  /// One whose folder is a disk of its own, which can be filled. It ends with the process.
  ///
  /// @param size in megabytes
  static Server onSmallDisk(Island island, String group, String voter, Path directory, int size)
      throws IOException {
    var folder = Files.createDirectory(directory.resolve(voter));
    var mount = "mount -t tmpfs -o size=%dm tmpfs \"$0\" && exec \"$@\"".formatted(size);
    var wrapping = List.of("unshare", "--mount", "sh", "-c", mount, folder.toString());
    return new Server(island, group, voter, directory, wrapping);
  }

  /// Founds the voter, or starts it again.
  ///
  /// @return false if it refuses
  boolean start() throws IOException, InterruptedException {
    var command = new ArrayList<>(wrapping);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx192m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
            "-cp",
            System.getProperty("java.class.path"),
            StoreServer.class.getName(),
            group,
            voter,
            folder().toString(),
            starts == 0 ? StoreServer.FOUND : StoreServer.RESUME));
    var process =
        new ProcessBuilder(Island.inside(command))
            .redirectError(ProcessBuilder.Redirect.appendTo(log().toFile()))
            .start();
    var from = process.inputReader();
    assertThat(from.readLine()).isEqualTo(Island.READY);
    starts++;
    var next = new Body(process, voter.substring(0, 1) + starts, new ConcurrentHashMap<>());
    island.plug(next.cable(), process, StoreServer.host(VoterId.of(voter)));
    write(process, "go");
    if (!StoreServer.STARTED.equals(from.readLine())) {
      return false;
    }
    body = Optional.of(next);
    Thread.ofVirtual().start(() -> listen(next, from));
    return true;
  }

  boolean isStarted() {
    return body.isPresent();
  }

  private Path folder() {
    return directory.resolve(voter);
  }

  /// A line at a time, whoever else writes: the writer locks itself for each.
  private static void write(Process process, String line) throws IOException {
    var out = process.outputWriter();
    out.write(line + "\n");
    out.flush();
  }

  private static void listen(Body body, BufferedReader from) {
    try {
      for (var line = from.readLine(); line != null; line = from.readLine()) {
        var response = StoreServer.JSON.readValue(line, Response.class);
        Optional.ofNullable(body.pending().remove(response.id()))
            .ifPresent(pending -> pending.complete(response.told()));
      }
    } catch (IOException e) {
      // it was killed while it wrote
    }
    body.pending().values().forEach(pending -> pending.complete(Operation.Told.nobodyKnows()));
  }

  /// Whether it leads, as far as it knows.
  boolean leads() throws InterruptedException {
    return ask(StoreServer.LEADS).filter(StoreServer.YES::equals).isPresent();
  }

  /// Asks, and waits for what it is told.
  ///
  /// @return empty if it surely was not asked
  Optional<Operation.Told> ask(Operation.Asked asked) throws InterruptedException {
    var now = body;
    if (now.isEmpty() || !now.get().process().isAlive()) {
      return Optional.empty();
    }
    long id = ids.incrementAndGet();
    var answer = new CompletableFuture<Operation.Told>();
    now.get().pending().put(id, answer);
    try {
      write(now.get().process(), StoreServer.JSON.writeValueAsString(new Request(id, asked)));
    } catch (IOException e) {
      return Optional.of(Operation.Told.nobodyKnows());
    }
    try {
      return Optional.of(answer.get(PATIENCE, TimeUnit.SECONDS));
    } catch (TimeoutException e) {
      return Optional.of(Operation.Told.nobodyKnows());
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  /// The last words of its log.
  String lastWords() {
    return "%s:%n%s".formatted(voter, LogEnd.of(log()));
  }

  private Path log() {
    return directory.resolve(voter + ".log");
  }

  @Override
  public String toString() {
    return voter;
  }

  /// Ends it as a power cut would.
  void kill() throws IOException, InterruptedException {
    process().destroyForcibly().waitFor();
    island.unplug(body.orElseThrow().cable());
  }

  /// Takes away the disk of one that was killed.
  void wipe() throws IOException {
    Clearing.delete(folder());
  }

  /// Writes to its disk until nothing goes on it any more.
  void fill() throws IOException {
    var megabyte = new byte[1 << 20];
    try (var out = Files.newOutputStream(filler())) {
      while (true) {
        out.write(megabyte);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
    }
  }

  void empty() throws IOException {
    Files.delete(filler());
  }

  private Path filler() {
    return Path.of("/proc/%d/root%s/filler".formatted(process().pid(), folder()));
  }

  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, "" + process().pid()).start().waitFor();
  }

  void cut() throws IOException, InterruptedException {
    island.cut(body.orElseThrow().cable());
  }

  void mend() throws IOException, InterruptedException {
    island.mend(body.orElseThrow().cable());
  }

  private Process process() {
    return body.orElseThrow().process();
  }

  @Override
  public void close() {
    body.ifPresent(last -> last.process().destroyForcibly());
  }
}
