package dev.flotilla.operator.core.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is told of the end of simulated drains, which are looked at every two seconds.
class PaceTest {

  private static final Instant BEGAN = Instant.parse("2026-01-01T00:00:00Z");
  private static final int LOOK = 2;
  private static final long GIB = 1L << 30;
  private static final int COPIES = 40;

  /// A drain that is looked at.
  private static final class Drain {

    private final DoubleUnaryOperator left;
    private Pace pace;
    private int second;

    /// @param left bytes that are left after so many seconds
    Drain(DoubleUnaryOperator left) {
      this.left = left;
      pace = Pace.begun(BEGAN, bytes(0), copies(0));
    }

    private long bytes(int at) {
      return Math.max(0, Math.round(left.applyAsDouble(at)));
    }

    private int copies(int at) {
      return (int) Math.ceil((double) COPIES * bytes(at) / bytes(0));
    }

    Outlook at(int until) {
      while (second + LOOK <= until) {
        second += LOOK;
        pace = pace.next(BEGAN.plusSeconds(second), bytes(second), copies(second));
      }
      return pace.outlook();
    }

    /// When so much of it has left.
    int when(double part) {
      return IntStream.iterate(0, it -> it + LOOK)
          .filter(it -> bytes(it) <= (1 - part) * bytes(0))
          .findFirst()
          .orElseThrow();
    }

    /// How far off an estimate is, as a part of what is really left then.
    double error(double part) {
      return errorAt(when(part));
    }

    double errorAt(int now) {
      if (!(at(now) instanceof Outlook.Ends ends)) {
        return Double.POSITIVE_INFINITY;
      }
      double told = Duration.between(BEGAN.plusSeconds(second), ends.at()).toSeconds();
      double truth = when(1) - second;
      return Math.abs(told - truth) / truth;
    }
  }

  private static Drain even(long bytes, double perSecond) {
    return new Drain(second -> bytes - perSecond * second);
  }

  /// Nothing is left of a copy until it has left as a whole.
  private static Drain lumps(int lumps, int secondsEach) {
    return new Drain(second -> (double) (lumps - (int) second / secondsEach) * GIB);
  }

  /// Each half minute has a pace of its own, between a half and one and a half of the mean.
  private static Drain uneven(int seed, int minutes) {
    var random = new Random(seed);
    var paces =
        IntStream.range(0, 8 * minutes).mapToDouble(i -> 0.5 + random.nextDouble()).toArray();
    double mean = 10.0 * GIB / (60 * minutes);
    return new Drain(second -> {
      double gone = 0;
      for (int half = 0; half < paces.length && 30 * half < second; half++) {
        gone += paces[half] * mean * Math.min(30, second - 30 * half);
      }
      return 10.0 * GIB - gone;
    });
  }

  @Tag("UX-10")
  @Test
  void nobodyIsToldAnEndBeforeAMinuteIsOverAndAFiftiethHasLeft() {
    var quick = even(GIB, GIB / 120.0);
    assertThat(quick.at(58)).isEqualTo(new Outlook.Unclear());
    assertThat(quick.at(60)).isInstanceOf(Outlook.Ends.class);

    var slow = even(100 * GIB, GIB / 100.0);
    assertThat(slow.at(198)).isEqualTo(new Outlook.Unclear());
    assertThat(slow.at(202)).isInstanceOf(Outlook.Ends.class);
  }

  /// An engine looks at the size of what it stores every ten seconds.
  @Test
  void aCopyThatIsCountedLateHasNotComeBack() {
    var pace = Pace.begun(BEGAN, 200, 2);
    for (int second = LOOK; second <= 60; second += LOOK) {
      pace = pace.next(BEGAN.plusSeconds(second), (second < 8 ? 200 : 400) - 4L * second, 2);
    }

    assertThat(pace.outlook())
        .isInstanceOfSatisfying(
            Outlook.Ends.class,
            ends ->
                assertThat(Duration.between(BEGAN.plusSeconds(60), ends.at()).toSeconds())
                    .isBetween(30L, 50L));
  }

  /// The engine counts what is on its way no more as arrived, and the copy is still on the disk.
  @Test
  void aCopyThatHasJustArrivedDoesNotComeBack() {
    var pace = Pace.begun(BEGAN, 500, 5);
    for (int second = LOOK; second <= 60; second += LOOK) {
      boolean hasArrived = second % 20 == 0;
      int copies = 5 - second / 20;
      pace =
          pace.next(BEGAN.plusSeconds(second), 500 - 5L * second + (hasArrived ? 100 : 0), copies);
    }

    assertThat(pace.outlook())
        .isInstanceOfSatisfying(
            Outlook.Ends.class,
            ends ->
                assertThat(Duration.between(BEGAN.plusSeconds(60), ends.at()).toSeconds())
                    .isBetween(30L, 50L));
  }

  @Tag("UX-10")
  @ParameterizedTest
  @ValueSource(doubles = {0.2, 0.4, 0.6, 0.8, 0.95})
  void whatMovesEvenlyIsToldExactly(double part) {
    assertThat(even(60 * GIB, 40.0 * (1 << 20)).error(part)).isLessThan(0.02);
  }

  @Tag("UX-10")
  @ParameterizedTest
  @ValueSource(ints = {20, 60, 110})
  void whatMovesInLumpsIsToldFromWholeLumps(int secondsEach) {
    for (double part : new double[] {0.25, 0.5, 0.75}) {
      var drain = lumps(20, secondsEach);
      int lump = drain.when(part);
      assertThat(drain.errorAt(lump)).as("as one has left").isLessThan(0.1);
      assertThat(drain.errorAt(lump + secondsEach - LOOK)).as("before the next").isLessThan(0.1);
    }
  }

  @Tag("UX-10")
  @ParameterizedTest
  @ValueSource(ints = {10, 20, 60})
  void afterAFifthNineOfTenAreWithinAThird(int minutes) {
    for (double part : new double[] {0.2, 0.35, 0.5, 0.65}) {
      long good =
          IntStream.range(0, 50).filter(seed -> uneven(seed, minutes).error(part) <= 0.3).count();
      assertThat(good).as("at %s", part).isGreaterThanOrEqualTo(45);
    }
  }

  @Test
  void theTruthLiesBetweenTheEarliestAndTheLatestMostly() {
    long within =
        IntStream.range(0, 50)
            .filter(seed -> {
              var drain = uneven(seed, 15);
              var end = BEGAN.plusSeconds(drain.when(1));
              return drain.at(drain.when(0.4)) instanceof Outlook.Ends ends
                  && !ends.earliest().minusSeconds(20).isAfter(end)
                  && !ends.latest().plusSeconds(20).isBefore(end);
            })
            .count();
    assertThat(within).isGreaterThan(25);
  }

  @Tag("UX-10")
  @Test
  void anotherPaceIsKnownAfterTheWindow() {
    double fast = 40.0 * (1 << 20);
    var drain =
        new Drain(second ->
            60.0 * GIB - fast * Math.min(second, 600) - fast / 4 * Math.max(0, second - 600));

    assertThat(drain.at(920))
        .isInstanceOfSatisfying(
            Outlook.Ends.class,
            ends -> assertThat((double) ends.bytesPerSecond()).isBetween(fast / 4.2, fast / 3.8));
  }

  /// A look is every two seconds, so two minutes and one look are 122 s.
  @Tag("UX-10")
  @Test
  void aStallTakesItsPlaceAndGoesWithIt() {
    double pace = 40.0 * (1 << 20);
    var drain =
        new Drain(
            second -> 60.0 * GIB - pace * (Math.min(second, 300) + Math.max(0, second - 900)));

    assertThat(drain.at(416)).isInstanceOf(Outlook.Ends.class);
    assertThat(drain.at(422)).isEqualTo(new Outlook.Stalled(BEGAN.plusSeconds(300)));
    assertThat(drain.at(900)).isEqualTo(new Outlook.Stalled(BEGAN.plusSeconds(300)));
    assertThat(drain.at(904)).isInstanceOf(Outlook.Ends.class);
  }

  @Test
  void whatNeverMovesIsStalledFromTheBeginning() {
    assertThat(even(GIB, 0).at(118)).isEqualTo(new Outlook.Unclear());
    assertThat(even(GIB, 0).at(120)).isEqualTo(new Outlook.Stalled(BEGAN));
  }

  @Test
  void whatBecomesMoreMeanwhileHasNoEndAndIsNoStallAsLongAsCopiesLeave() {
    var pace = Pace.begun(BEGAN, GIB, 10);
    for (int minute = 1; minute <= 9; minute++) {
      pace = pace.next(BEGAN.plusSeconds(60L * minute), GIB + minute, 10 - minute);
    }
    assertThat(pace.outlook()).isEqualTo(new Outlook.Unclear());
    assertThat(pace.most()).isEqualTo(GIB + 9);
  }

  @Test
  void itRemembersLittleHoweverLongItTakes() {
    var drain = even(1000 * GIB, 1 << 20);
    drain.at(36_000);

    assertThat(drain.pace.edges()).hasSizeLessThan(40);
  }

  @Test
  void whoIsEmptyHasNoEnd() {
    assertThat(Pace.begun(BEGAN, 0, 0).outlook()).isEqualTo(new Outlook.Unclear());
  }

  @Test
  void wordsForPeople() {
    var ends =
        new Outlook.Ends(
            41L << 20,
            BEGAN.plusSeconds(720),
            BEGAN.plusSeconds(50),
            BEGAN.plus(Duration.ofHours(4)));

    assertThat(ends.words(BEGAN)).isEqualTo("41.0 MiB/s, about 12 min left (50 s to 4 h)");
    assertThat(new Outlook.Stalled(BEGAN).words(BEGAN.plusSeconds(240)))
        .isEqualTo("nothing has left it for 4 min");
    assertThat(new Outlook.Unclear().words(BEGAN)).isEmpty();
  }
}
