package dev.flotilla.operator.bench;

import static dev.flotilla.operator.bench.Bench.SEARCH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.topology.lifecycle.Stage;
import dev.flotilla.topology.model.MemberName;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// An engine that says nothing for an hour: what has begun stays as it is, nothing begins, and pods
/// that are lost meanwhile come back all the same.
@Tag("R74")
class EngineOutageTest extends DrainScene {

  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void nothingBeginsAndLostPodsComeBackOnTheirVolumes() {
    settle(7, 1);
    var claims = uids("Claim");
    bench.engine.silence(Optional.of("it does not answer"));
    bench.apply(Specs.of(5));
    pass(HOUR.dividedBy(2));
    var lost = new MemberName(bench.podNames().getFirst());
    bench.cluster.remove(Thing.Pod.key(SEARCH, lost));

    pass(HOUR.dividedBy(2));

    assertThat(bench.podOf(lost)).isPresent();
    assertThat(bench.cluster.pods(SEARCH)).hasSize(7).allMatch(Thing.Pod::ready);
    assertThat(uids("Claim")).isEqualTo(claims);
    assertThat(store.drains(SEARCH)).isEmpty();

    bench.engine.silence(Optional.empty());
    until("both gone", () -> in(Stage.REMOVED).size() == 2);
    untilQuiet();
    assertWhole();
  }

  @Test
  void aDrainThatRunsHoldsAndGoesOnWhereItWas() {
    settle(7, 1);
    bench.apply(Specs.of(5));
    untilMarked();
    round();
    var draining = in(Stage.DRAINING);
    assertThat(draining).hasSize(2);
    var marked = database().listed();
    var claims = uids("Claim");
    var lost = draining.iterator().next();
    bench.engine.silence(Optional.of("it does not answer"));
    pass(HOUR.dividedBy(2));
    bench.cluster.remove(Thing.Pod.key(SEARCH, lost));

    pass(HOUR.dividedBy(2));

    assertThat(in(Stage.DRAINING)).isEqualTo(draining);
    assertThat(database().listed()).isEqualTo(marked);
    assertThat(bench.podOf(lost)).as("also who drains gets his pod back").isPresent();
    assertThat(uids("Claim")).isEqualTo(claims);

    bench.engine.silence(Optional.empty());
    until("both gone", () -> in(Stage.REMOVED).size() == 2);
    assertThat(in(Stage.REMOVED)).isEqualTo(draining);
    untilQuiet();
    assertWhole();
  }

  private void pass(Duration time) {
    var end = bench.time.instant().plus(time);
    while (bench.time.instant().isBefore(end)) {
      round();
    }
  }
}
