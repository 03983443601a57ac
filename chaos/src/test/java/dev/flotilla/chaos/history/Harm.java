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

  /// Between two looks for a leader: there is no event for that.
  private static final Duration LOOK = Duration.ofMillis(20);

  private final List<Server> servers;
  private final Random random;
  private final Crowd crowd;

  Harm(List<Server> servers, Random random, Crowd crowd) {
    this.servers = servers;
    this.random = random;
    this.crowd = crowd;
  }

  private interface Fault {
    void harm(Server server, Duration time) throws IOException, InterruptedException;
  }

  /// Whatever happens to a leader, and one thing to anybody.
  void all() throws IOException, InterruptedException {
    List<Fault> faults = List.of(Harm::kill, this::stop, this::cut, this::cutWhileOneStarts);
    var toLeaders = new ArrayList<>(faults);
    Collections.shuffle(toLeaders, random);
    int other = random.nextInt(toLeaders.size());
    for (int i = 0; i < toLeaders.size(); i++) {
      if (i == other) {
        pass(between(500, 1_000));
        faults.get(random.nextInt(3)).harm(any(), between(500, 2_000));
      }
      pass(between(500, 1_000));
      toLeaders.get(i).harm(leader(), between(1_000, 3_000));
    }
    pass(Duration.ofSeconds(1));
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
      assertThat(System.nanoTime() - end).as("nobody leads after %s", PATIENCE).isNegative();
      pass(LOOK);
    }
  }

  private static void kill(Server server, Duration time) throws IOException, InterruptedException {
    server.kill();
    pass(time.dividedBy(4));
    assertThat(server.start()).isTrue();
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
