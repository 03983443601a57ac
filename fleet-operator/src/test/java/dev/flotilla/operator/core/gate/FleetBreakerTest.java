package dev.flotilla.operator.core.gate;

import static dev.flotilla.operator.core.Drawing.NOW;
import static dev.flotilla.operator.core.Drawing.plan;
import static dev.flotilla.operator.core.Drawing.situation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.operator.core.plan.Planner;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// No more databases are stopped for good within the window than the policy allows: 20, or 2 % of
/// them, within ten minutes.
@Tag("D12")
class FleetBreakerTest {

  private static final Duration WINDOW = Duration.ofMinutes(10);
  private static final Instant FIRST = NOW.minusSeconds(300);

  private static final String HELD =
      """
      hold reason=BreakerOpen member=a1 by=FleetBreaker\
      """;

  @Test
  void theTwentiethIsStopped() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1
                b: b1
                c: c1
                deleting
                fleet 25 stopped 12 ahead 7
                """))
        .contains("DeletePod member=a1")
        .doesNotContain("hold");
  }

  @Test
  void theOneAfterItWaits() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1
                b: b1
                c: c1
                deleting
                fleet 25 stopped 12 ahead 8
                """))
        .isEqualTo(HELD);
  }

  @Test
  void whoeverHasBegunGoesOn() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1[terminating]
                b: b1
                c: c1
                deleting
                fleet 25 stopped 20
                """))
        .contains("DeletePod member=b1")
        .doesNotContain("hold");
  }

  /// Two percent of 1,050 are 21.
  @Test
  void aLargeFleetMayLoseMore() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1
                b: b1
                c: c1
                deleting
                fleet 1050 stopped 20 ahead 0
                """))
        .contains("DeletePod member=a1");
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1
                b: b1
                c: c1
                deleting
                fleet 1049 stopped 20 ahead 0
                """))
        .isEqualTo(HELD);
  }

  @Test
  void aPolicyThatIsNotKnownAllowsNothing() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1
                b: b1
                c: c1
                deleting
                fleet unknown
                """))
        .isEqualTo(
            """
            hold reason=FleetPolicyUnknown member=a1 by=FleetBreaker\
            """);
  }

  /// A pod that has ended makes room for its successor: nothing is taken from anybody.
  @Test
  void repairIsNeverHeld() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1
                b: b1[over]
                c: c1
                fleet 25 stopped 20 ahead 9
                """))
        .isEqualTo("DeletePod member=b1 reason=Healing rule=KeepBodies");
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1
                b: b1[over]
                c: c1
                fleet unknown
                """))
        .isEqualTo("DeletePod member=b1 reason=Healing rule=KeepBodies");
  }

  /// Each place behind the limit is free a window after the place that lies the limit ahead.
  @Test
  void itWakesWhenItsTurnComes() {
    assertThat(wake(20, 0)).contains(FIRST.plus(WINDOW));
    assertThat(wake(20, 3)).contains(FIRST.plusSeconds(3).plus(WINDOW));
    assertThat(wake(20, 23)).contains(FIRST.plusSeconds(3).plus(WINDOW).plus(WINDOW));
    assertThat(wake(20, 20)).contains(FIRST.plus(WINDOW).plus(WINDOW));
    // Of those ahead some have not begun yet, and may at any moment.
    assertThat(wake(5, 18)).contains(FIRST.plusSeconds(3).plus(WINDOW));
    assertThat(wake(5, 20)).contains(NOW.plus(WINDOW));
    // The limit was lowered since: all but nineteen of them have to be past.
    assertThat(wake(30, 0)).contains(FIRST.plusSeconds(10).plus(WINDOW));
    assertThat(wake(0, 19)).isEmpty();
  }

  private static Optional<Instant> wake(int stopped, int ahead) {
    return Planner.plan(
            situation(
                "pool data wants 3\na: a1\nb: b1\nc: c1\ndeleting\nfleet 25 stopped %d ahead %d"
                    .formatted(stopped, ahead)))
        .wake();
  }
}
