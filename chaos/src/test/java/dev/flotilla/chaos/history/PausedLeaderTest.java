package dev.flotilla.chaos.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.chaos.history.Operation.Asked;
import dev.flotilla.chaos.history.Operation.Told;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A voter that leads and whose client holds the lease stands still in the middle of its writes,
/// while another one is given the lease. What it was asked before goes on waiting in its pipe.
@Tag("control-plane")
@Tag("I14")
class PausedLeaderTest extends IslandTest {

  private static final String SITE = "paused";
  private static final Duration LEASE = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int WRITES = 5;

  /// How long it stands still after another one holds the lease. Ratis closes a voter that stood
  /// still for a minute.
  static List<Duration> pauses() {
    return Boolean.getBoolean("flotilla.long")
        ? List.of(Duration.ofSeconds(59), Duration.ofSeconds(90))
        : List.of(Duration.ofSeconds(5));
  }

  /// Nobody else writes, so that nothing but the fence can refuse what it writes.
  @ParameterizedTest
  @MethodSource("pauses")
  void nothingOfAnOlderEpochIsAcceptedAfterALaterOneWasGiven(Duration pause) throws Exception {
    try (var crowd = new Crowd(1, directory);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      crowd.found(servers);
      var harm = new Harm(servers, new Random(1), crowd);
      var former = harm.leader();
      var epoch = take(former, "former").epoch();
      var last = tell(former, Asked.commit(0, "former-accepted", SITE, epoch));
      assertThat(last.word()).isEqualTo("applied");

      former.signal("STOP");
      var waiting = new ArrayList<Future<Optional<Told>>>();
      for (int i = 0; i < WRITES; i++) {
        waiting.add(threads.submit(write(former, last, "former-before-" + i, epoch)));
      }
      var next = Harm.leader(servers.stream().filter(server -> server != former).toList());
      assertThat(take(next, "next").epoch()).isGreaterThan(epoch);
      Harm.pass(pause);
      former.signal("CONT");
      crowd.waitFor(former);
      for (int i = 0; i < WRITES; i++) {
        waiting.add(threads.submit(write(former, last, "former-after-" + i, epoch)));
      }

      var words = new ArrayList<String>();
      for (var answer : waiting) {
        words.add(answer.get().map(Told::word).orElse(""));
      }
      assertThat(words).isSubsetOf("overtaken", "");
      assertThat(words.subList(WRITES, words.size())).as("it is told why").contains("overtaken");
      assertThat(tell(next, Asked.read()).last()).isEqualTo("former-accepted");
    }
  }

  private static Callable<Optional<Told>> write(
      Server server, Told last, String intent, long epoch) {
    return () -> server.ask(Asked.commit(last.revision(), intent, SITE, epoch));
  }

  /// Asks for the lease until it is given.
  private static Told take(Server server, String holder) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      var told = tell(server, Asked.take(SITE, holder, LEASE));
      if (told.word().equals("granted")) {
        return told;
      }
      assertThat(System.nanoTime() - end).as("%s instead of a lease", told).isNegative();
      Harm.pass(Duration.ofMillis(100));
    }
  }

  private static Told tell(Server server, Asked asked) throws InterruptedException {
    return server.ask(asked).orElseThrow();
  }
}
