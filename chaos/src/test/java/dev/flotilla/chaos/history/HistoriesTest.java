package dev.flotilla.chaos.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Clients ask three voters for this and that while these are killed, stopped and cut off, one
/// after the other; then every answer must be one that a store would give that does one thing after
/// the other. Each history takes about a minute: that many faults take their time.
@Tag("control-plane")
@Tag("R89")
class HistoriesTest extends IslandTest {

  private static final int SEEDS = Integer.getInteger("flotilla.seeds", 3);

  static IntStream seeds() {
    return IntStream.rangeClosed(1, Boolean.getBoolean("flotilla.long") ? 200 : SEEDS);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyAnswerIsOneOfAStoreThatDoesOneThingAfterTheOther(int seed) throws Exception {
    try (var crowd = new Crowd(seed, directory)) {
      crowd.found(servers);
      crowd.beginAsking(servers);
      new Harm(servers, new Random(seed), crowd).all();
      crowd.endAsking();

      for (Server server : servers) {
        crowd.waitFor(server);
      }
      assertThat(crowd.verdict()).isEmpty();
    }
  }

  /// Two of three have committed without the third; then both are lost, and one of them its disk,
  /// too. If it came back under its old name, it could make the third one leader, who knows nothing
  /// of it.
  @Test
  void aVoterWithoutItsDiskMakesNobodyForget() throws Exception {
    try (var crowd = new Crowd(1, directory)) {
      crowd.found(servers);
      crowd.beginAsking(servers);
      var intact = servers.get(0);
      var wiped = servers.get(1);
      var late = servers.get(2);
      Harm.pass(Duration.ofSeconds(1));
      late.kill();
      Harm.pass(Duration.ofSeconds(3));
      intact.kill();
      wiped.kill();
      wiped.wipe();
      boolean started = wiped.start();
      assertThat(late.start()).isTrue();
      Harm.pass(Duration.ofSeconds(6));
      assertThat(intact.start()).isTrue();
      Harm.pass(Duration.ofSeconds(2));
      crowd.endAsking();

      crowd.waitFor(intact);
      assertThat(crowd.verdict()).isEmpty();
      assertThat(started).as("it starts under its old name").isFalse();
    }
  }
}
