package dev.flotilla.operator.bench;

import static dev.flotilla.operator.bench.Bench.SEARCH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.topology.codec.Decoded;
import dev.flotilla.topology.codec.DrainRecordCodec;
import dev.flotilla.topology.lifecycle.Stage;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever somebody makes of what volumes say of drains, while drains run and while they do not,
/// nobody stops at it: it ends as what was wanted last.
@Tag("R5")
class GarbledNotesTest extends DrainScene {

  private static final int EDITS = 40;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void itComesToWhatWasWantedLast(long seed) {
    var random = new Random(seed);
    bench.allow(1, 1_000);
    settle(7, 1);
    int wanted = 7;
    for (int n = 0; n < EDITS; n++) {
      switch (random.nextInt(4)) {
        case 0 -> {
          wanted = 4 + random.nextInt(5);
          bench.apply(Specs.of(wanted));
        }
        case 1, 2 -> garble(random);
        default -> rounds(random.nextInt(6));
      }
      round();
      assertThat(in(Stage.REMOVING)).hasSizeLessThanOrEqualTo(1);
    }
    untilQuiet();

    assertThat(bench.cluster.pods(SEARCH)).hasSize(wanted).allMatch(Thing.Pod::ready);
    assertThat(in(Stage.DRAINING)).isEmpty();
    assertThat(in(Stage.REMOVING)).isEmpty();
    assertWhole();
  }

  /// Absent, senseless, cut off, of an older version, or what another volume says.
  private void garble(Random random) {
    var claims = bench.cluster.claims(SEARCH);
    var victim = claims.get(random.nextInt(claims.size()));
    var other = claims.get(random.nextInt(claims.size())).note();
    var texts =
        List.of(
            Optional.<String>empty(),
            Optional.of(""),
            Optional.of("{\"excluded\": [\"10.0.0.1\"]}"),
            Optional.of("v=0 member=nobody state=running"),
            other,
            other.map(note -> note.substring(0, note.length() / 2)),
            other.map(note -> note.replaceAll("state=\\w+", "state=paused")));
    var text = texts.get(random.nextInt(texts.size()));
    bench.cluster.change(victim.key(), thing -> ((Thing.Claim) thing).noting(text));
  }

  /// Garbage that is never read would prove nothing.
  @ParameterizedTest
  @ValueSource(strings = {"", "{\"excluded\": []}", "v=0 member=nobody state=running"})
  void noneOfItIsTakenForADrain(String text) {
    assertThat(DrainRecordCodec.decode(text)).isInstanceOf(Decoded.Damaged.class);
  }
}
