package dev.flotilla.chaos.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Two of three have committed without the third; then both are lost, and one of them its disk,
/// too. If it came back under its old name, it could make the third one leader, who knows nothing
/// of it.
@Tag("control-plane")
@Tag("R89")
class LostDiskTest extends IslandTest {

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
