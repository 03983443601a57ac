package dev.flotilla.chaos.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ScoresTest {

  private static final Contender OURS = new Contender("ours", "what we do", tenant -> List.of());
  private static final Contender PEER = new Contender("peer", "what they do", tenant -> List.of());

  @Test
  void theMiddleOfAnOddNumberIsMeasuredThatOfAnEvenOneLiesBetween() {
    assertThat(Spread.of(List.of(3.0, 1.0, 2.0))).isEqualTo(new Spread(1, 2, 3));
    assertThat(Spread.of(List.of(4.0, 1.0, 2.0, 3.0))).isEqualTo(new Spread(1, 2.5, 4));
    assertThatThrownBy(() -> Spread.of(List.of())).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void contendersAreComparedWithinARound() {
    var scores = new Scores();
    // A machine that gets twice as fast from round to round, and a peer that stays half as fast.
    for (int seconds : List.of(8, 4, 2)) {
      scores.add(OURS, lap(seconds, 17));
      scores.add(PEER, lap(2 * seconds, 6));
    }

    assertThat(scores.ratio(OURS, PEER)).isEqualTo(new Spread(2, 2, 2));
    assertThat(scores.text())
        .isEqualTo(
            """
            ours: what we do
              pods a second      225.0 (112.5 to 450.0)
              writes a tenant    17.0 (17.0 to 17.0)
              processor seconds  etcd 1.5
            peer: what they do
              pods a second      112.5 (56.3 to 225.0)
              writes a tenant    6.0 (6.0 to 6.0)
              processor seconds  etcd 1.5
              ours is faster by   2.00 (2.00 to 2.00)
            """);
  }

  private static Lap lap(int seconds, double writes) {
    var processors = new TreeMap<String, Duration>();
    processors.put("etcd", Duration.ofMillis(1500));
    return new Lap(900, Duration.ofSeconds(seconds), writes, processors);
  }
}
