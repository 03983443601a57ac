package dev.flotilla.chaos.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// What is done to voters, one thing after the other, in an order that the seed decides. Most of it
/// is done to the one that leads, and lasts until the others have another leader, who commits: what
/// the former one believes then is what makes answers old.
final class Harm {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /// Of what happens to leaders.
  static final int KINDS = 4;

  /// Between two looks for a leader: there is no event for that.
  private static final Duration LOOK = Duration.ofMillis(20);

  private final List<Server> servers;
  private final Random random;
  private final Crowd crowd;
  private final List<String> done = new ArrayList<>();

  Harm(List<Server> servers, Random random, Crowd crowd) {
    this.servers = servers;
    this.random = random;
    this.crowd = crowd;
  }

  private interface Deed {
    void harm(Server server, Duration time) throws IOException, InterruptedException;
  }

  private record Fault(String name, Deed deed) {}

  /// Some of what happens to a leader, and one thing to anybody.
  ///
  /// @param count of those that happen to leaders; 1 to [#KINDS]
  void some(int count) throws IOException, InterruptedException {
    var faults =
        List.of(
            new Fault("killed", Harm::kill),
            new Fault("stopped", this::stop),
            new Fault("cut off", this::cut),
            new Fault("cut off while another one starts", this::cutWhileOneStarts));
    var shuffled = new ArrayList<>(faults);
    Collections.shuffle(shuffled, random);
    var toLeaders = shuffled.subList(0, count);
    int other = random.nextInt(count);
    for (int i = 0; i < toLeaders.size(); i++) {
      if (i == other) {
        pass(between(500, 1_000));
        harm(faults.get(random.nextInt(3)), any(), between(500, 2_000));
      }
      pass(between(500, 1_000));
      harm(toLeaders.get(i), leader(), between(1_000, 3_000));
    }
    pass(Duration.ofSeconds(1));
  }

  private void harm(Fault fault, Server server, Duration time)
      throws IOException, InterruptedException {
    done.add("%s is %s".formatted(server, fault.name()));
    fault.deed().harm(server, time);
  }

  /// What was done so far, in order; the last of it may still be going on.
  List<String> done() {
    return List.copyOf(done);
  }

  private Duration between(int least, int most) {
    return Duration.ofMillis(least + random.nextInt(most - least));
  }

  private Server any() {
    return servers.get(random.nextInt(servers.size()));
  }

  /// Waits for one that leads.
  Server leader() throws InterruptedException {
    return leader(servers);
  }

  static Server leader(List<Server> among) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      for (Server server : among) {
        if (server.leads()) {
          return server;
        }
      }
      assertThat(System.nanoTime() - end)
          .as("none of %s leads after %s", among, PATIENCE)
          .isNegative();
      pass(LOOK);
    }
  }

  private static void kill(Server server, Duration time) throws IOException, InterruptedException {
    server.kill();
    pass(time.dividedBy(4));
    assertThat(server.start()).as("%s starts again", server).isTrue();
  }

  /// When it goes on, it first finds what it was asked in the meantime.
  private void stop(Server server, Duration time) throws IOException, InterruptedException {
    server.signal("STOP");
    pass(time);
    crowd.hurry(leader(others(server)));
    crowd.look(server);
    pass(Duration.ofMillis(100));
    server.signal("CONT");
  }

  private void cut(Server server, Duration time) throws IOException, InterruptedException {
    server.cut();
    crowd.hurry(leader(others(server)));
    pass(time);
    server.mend();
  }

  private List<Server> others(Server server) {
    return servers.stream().filter(other -> other != server).toList();
  }

  /// Nobody has a majority until the other one has started.
  private void cutWhileOneStarts(Server server, Duration time)
      throws IOException, InterruptedException {
    server.cut();
    kill(others(server).get(random.nextInt(servers.size() - 1)), time);
    server.mend();
  }

  static void pass(Duration time) throws InterruptedException {
    var _ = new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
  }
}
