package dev.flotilla.operator.josdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// Turns of one cluster keep a distance, of each cluster by itself.
class PaceTest {

  private final AtomicLong now = new AtomicLong(-5);
  private final AtomicInteger waiting = new AtomicInteger();
  private final Pace pace = new Pace(now::get, waiting::get);
  private final Pace.Turns turns = pace.initState();

  @Test
  void theFinalizerAndTheFirstPassBeginAtOnce() {
    waiting.set(1_000);
    assertThat(pace.isLimited(turns)).isEmpty();
    assertThat(pace.isLimited(turns)).isEmpty();
  }

  @Test
  void theNextOneWaitsForTheRestOfTheGap() {
    finalizerAndFirstPass();
    pass(Duration.ofMillis(200));

    assertThat(pace.isLimited(turns)).contains(Duration.ofMillis(300));

    pass(Duration.ofMillis(300));
    assertThat(pace.isLimited(turns)).isEmpty();
    assertThat(pace.isLimited(turns)).contains(Pace.GAP);
  }

  /// However often it is asked for, what waits is not put off further.
  @Test
  void askingCostsNothing() {
    finalizerAndFirstPass();
    for (int event = 0; event < 100; event++) {
      assertThat(pace.isLimited(turns)).contains(Pace.GAP);
    }
  }

  @Test
  void afterARestATurnBeginsAtOnce() {
    finalizerAndFirstPass();
    pass(Duration.ofHours(1));
    waiting.set(1_000);

    assertThat(pace.isLimited(turns)).isEmpty();
  }

  @Test
  void theGapGrowsWithTheCrowdAndShrinksWithIt() {
    finalizerAndFirstPass();
    waiting.set(2 * Pace.CROWD);
    assertThat(pace.isLimited(turns)).contains(Pace.GAP.multipliedBy(3));

    pass(Pace.GAP);
    waiting.set(0);
    assertThat(pace.isLimited(turns)).isEmpty();
  }

  @Test
  void nobodyWaitsLongerThanTheLongestGap() {
    finalizerAndFirstPass();
    waiting.set(100_000);
    assertThat(pace.isLimited(turns)).contains(Pace.LONGEST);

    pass(Pace.LONGEST);
    assertThat(pace.isLimited(turns)).isEmpty();
  }

  @Test
  void clustersDoNotWaitForEachOther() {
    finalizerAndFirstPass();

    var other = pace.initState();
    assertThat(pace.isLimited(other)).isEmpty();
    assertThat(pace.isLimited(other)).isEmpty();
  }

  private void finalizerAndFirstPass() {
    pace.isLimited(turns);
    pace.isLimited(turns);
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }
}
