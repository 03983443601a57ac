package dev.flotilla.chaos.bench.store;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Three members of etcd, as they are without any setting.
final class EtcdMembers implements Contestant {

  private static final int MEMBERS = 3;
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /// For an attempt while there may be no leader.
  private static final Duration ATTEMPT = Duration.ofMillis(250);

  private static final ByteSequence VALUE = bytes("x".repeat(BYTES));

  private final Path program;
  private final Path directory;
  private final List<Integer> ports;
  private final List<Process> members = new ArrayList<>();
  private final Client client;
  private int takeOvers;

  /// @param program etcd
  EtcdMembers(Path program, Path directory) throws IOException {
    this.program = program;
    this.directory = directory;
    ports = Ports.free(2 * MEMBERS);
    // Unlike voters they do not end with this process, if it is interrupted.
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> members.forEach(Process::destroyForcibly)));
    for (int member = 0; member < MEMBERS; member++) {
      members.add(start(member));
    }
    client =
        Client.builder()
            .endpoints(IntStream.range(0, MEMBERS).mapToObj(this::endpoint).toArray(String[]::new))
            .build();
  }

  private Process start(int member) throws IOException {
    var cluster =
        IntStream.range(0, MEMBERS)
            .mapToObj(other -> "m%d=%s".formatted(other, peer(other)))
            .collect(Collectors.joining(","));
    var name = "m" + member;
    return new ProcessBuilder(
            program.toString(),
            "--name=" + name,
            "--data-dir=" + directory.resolve(name),
            "--listen-client-urls=" + endpoint(member),
            "--advertise-client-urls=" + endpoint(member),
            "--listen-peer-urls=" + peer(member),
            "--initial-advertise-peer-urls=" + peer(member),
            "--initial-cluster=" + cluster,
            "--log-level=error")
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve(name + ".log").toFile()))
        .start();
  }

  private String endpoint(int member) {
    return "http://127.0.0.1:" + ports.get(member);
  }

  private String peer(int member) {
    return "http://127.0.0.1:" + ports.get(MEMBERS + member);
  }

  private static ByteSequence bytes(String text) {
    return ByteSequence.from(text, StandardCharsets.UTF_8);
  }

  @Override
  public void put(int caller) throws Exception {
    var _ =
        client
            .getKVClient()
            .put(bytes("caller-" + caller), VALUE)
            .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  @Override
  public void get(int caller) throws Exception {
    var _ =
        client
            .getKVClient()
            .get(bytes("caller-" + caller))
            .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  @Override
  public Duration takeOver() throws Exception {
    int leader = leader();
    var others =
        IntStream.range(0, MEMBERS)
            .filter(member -> member != leader)
            .mapToObj(this::endpoint)
            .toArray(String[]::new);
    try (var survivors = Client.builder().endpoints(others).build()) {
      var _ = survivors.getKVClient().get(bytes("before")).get();
      members.get(leader).destroyForcibly().waitFor();
      long begin = System.nanoTime();
      while (!isKept(survivors)) {
        // the next attempt
      }
      var took = Duration.ofNanos(System.nanoTime() - begin);
      members.set(leader, start(leader));
      put(0);
      return took;
    }
  }

  private int leader() throws ExecutionException, InterruptedException {
    for (int member = 0; member < MEMBERS; member++) {
      var status = client.getMaintenanceClient().statusMember(endpoint(member)).get();
      if (status.getLeader() == status.getHeader().getMemberId()) {
        return member;
      }
    }
    throw new IllegalStateException("no member of etcd leads");
  }

  private boolean isKept(Client survivors) throws InterruptedException {
    takeOvers++;
    var put = survivors.getKVClient().put(bytes("take-over-" + takeOvers), VALUE);
    try {
      var _ = put.get(ATTEMPT.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }

  @Override
  public void close() {
    client.close();
    members.forEach(Process::destroyForcibly);
  }
}
