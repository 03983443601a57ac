package dev.flotilla.chaos.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.chaos.lab.Places;
import dev.flotilla.chaos.lab.Programs;
import dev.flotilla.chaos.lab.progress.Progress;
import dev.flotilla.operator.cli.output.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/// Clients of the three voters of a store, and what they were told, until one judges it.
final class Crowd implements AutoCloseable {

  static final List<String> VOTERS = List.of("a.1", "b.1", "c.1");

  /// Asked of one voter, all at once.
  private static final int AT_ONCE = 3;

  /// Short, so that leases end while others are cut off.
  private static final Duration LEASE = Duration.ofSeconds(2);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Operation> history = Collections.synchronizedList(new ArrayList<>());
  private final List<Future<Void>> asking = new ArrayList<>();
  private final AtomicBoolean over = new AtomicBoolean();
  private final Random random;
  private final String site;
  private final Path program;
  private final Path file;
  private int clients;

  /// @param seed no other crowd of the same store has it
  /// @param directory for the history
  Crowd(int seed, Path directory) {
    random = new Random(seed);
    site = "h" + seed;
    file = directory.resolve(site + ".jsonl");
    program =
        Programs.orderFinder(
            Places.ofThisMachine(System.getenv()),
            System.getenv(),
            Progress.on(System.err, Terminal.none()));
  }

  /// Founds the store, and waits until it answers.
  void found(List<Server> servers) throws Exception {
    start(servers);
    waitFor(servers.getFirst());
  }

  /// Starts all voters at once.
  void start(List<Server> servers) throws Exception {
    var starting = new ArrayList<Future<Boolean>>();
    for (Server server : servers) {
      starting.add(threads.submit(server::start));
    }
    for (var started : starting) {
      assertThat(started.get()).isTrue();
    }
  }

  /// Sees to it that nothing of an earlier crowd's counts from here on: what is still on its way
  /// was decided before this commit, and is refused after it. Neither is part of this history.
  void outrun(Server server) throws InterruptedException {
    client(server, new ArrayList<>()).hurry();
    waitFor(server);
  }

  /// Reads until a voter knows.
  void waitFor(Server server) throws InterruptedException {
    client(server).untilKnown();
  }

  /// Each voter gets one client that works, and one that only reads.
  void beginAsking(List<Server> servers) {
    for (Server server : servers) {
      var worker = client(server);
      var reader = client(server);
      ask(() -> worker.work(over::get, LEASE));
      ask(() -> reader.watch(over::get));
    }
  }

  /// Some read once, now.
  void look(Server server) {
    for (int i = 0; i < AT_ONCE; i++) {
      ask(client(server)::look);
    }
  }

  /// Writes now, and waits until something is written. Those who ask all the time may be waiting
  /// for an answer.
  void hurry(Server server) throws InterruptedException {
    client(server).hurry();
  }

  private void ask(Callable<Void> question) {
    asking.add(threads.submit(question));
  }

  private Client client(Server server) {
    return client(server, history);
  }

  private Client client(Server server, List<Operation> told) {
    return new Client(clients++, site, server, new Random(random.nextLong()), told);
  }

  void endAsking() throws Exception {
    over.set(true);
    for (var client : asking) {
      client.get();
    }
  }

  /// @return what is wrong with the history, by the program that looks for an order; empty if
  ///   nothing is
  String verdict() throws IOException, InterruptedException {
    var ordered = new ArrayList<>(history);
    ordered.sort(Comparator.comparingLong(Operation::call));
    try (var out = Files.newBufferedWriter(file)) {
      for (Operation operation : ordered) {
        out.write(StoreServer.JSON.writeValueAsString(operation) + "\n");
      }
    }
    var process =
        new ProcessBuilder(program.toString())
            .redirectInput(file.toFile())
            .redirectErrorStream(true)
            .start();
    var said = new String(process.getInputStream().readAllBytes());
    int code = process.waitFor();
    return code == 0
        ? ""
        : "%d: %s (%d operations in %s)".formatted(code, said.strip(), ordered.size(), file);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
