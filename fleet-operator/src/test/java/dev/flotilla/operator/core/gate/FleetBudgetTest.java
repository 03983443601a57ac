package dev.flotilla.operator.core.gate;

import static dev.flotilla.operator.core.Drawing.NOW;
import static dev.flotilla.operator.core.Drawing.plan;
import static dev.flotilla.operator.core.Drawing.situation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.operator.core.plan.Planner;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What all databases together may do at the same time: built in are 20 databases in one zone, and
/// of members 5 or a tenth within ten minutes.
class FleetBudgetTest {

  private static final String SURPLUS =
      """
      pool data wants 3
      empties
      a: a1
      b: b1
      c: c1 c2
      """;

  private static final String EMPTY =
      """
      pool data wants 3
      empties
      a: a1
      b: b1
      c: c1 c2[drains, noted, marked, empty]
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fleet 30 disrupted 19 in c",
        "fleet 30 disrupted 10 in c waiting 9 for c",
        "fleet 30 given-up 4 members 10",
        "fleet 30 given-up 9 members 100"
      })
  void whileThereIsAPlaceADrainBegins(String fleet) {
    assertThat(plan(SURPLUS + fleet)).contains("Commit").doesNotContain("hold");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          fleet 30 disrupted 20 in c               | WaitsForOthers by=FleetBudget
          fleet 30 disrupted 19 in c waiting 1 for c | WaitsForOthers by=FleetBudget
          fleet 30 disrupted 1 in a                | WaitsForOthers by=FleetBudget
          fleet 30 waiting 1 for a                 | WaitsForOthers by=FleetBudget
          """)
  void whoeverHasNoPlaceWaits(String fleet, String hold) {
    var view = situation(SURPLUS + fleet);

    assertThat(plan(SURPLUS + fleet)).isEqualTo("hold reason=" + hold);
    assertThat(Planner.plan(view).waiting()).hasToString("[c]");
    assertThat(Planner.plan(view).wake()).isEmpty();
  }

  @Test
  void aRestartNeedsAPlaceToo() {
    var change =
        """
        pool data wants 3
        a: a1[old]
        b: b1
        c: c1
        """;

    assertThat(plan(change + "fleet 30 disrupted 20 in a"))
        .contains("WaitsForOthers member=a1 by=FleetBudget")
        .doesNotContain("RestartPod");
    assertThat(plan(change + "fleet 30 disrupted 19 in a")).contains("RestartPod member=a1");
  }

  @Test
  void whoeverHasBegunGoesOn() {
    assertThat(plan(EMPTY + "fleet 30 disrupted 25 in a"))
        .contains("GiveUp")
        .doesNotContain("hold");
  }

  @ParameterizedTest
  @CsvSource({"10, 5", "100, 10"})
  @Tag("D12")
  void whenTooManyWereGivenUpNobodyIsAndNoDrainBegins(int members, int limit) {
    var fleet = "fleet 30 given-up %d members %d".formatted(limit, members);

    assertThat(plan(SURPLUS + fleet)).isEqualTo("hold reason=BreakerOpen by=MemberBreaker");
    assertThat(plan(EMPTY + fleet)).isEqualTo("hold reason=BreakerOpen member=c2 by=MemberBreaker");
    assertThat(Planner.plan(situation(EMPTY + fleet)).wake())
        .contains(NOW.minusSeconds(300).plus(Duration.ofMinutes(10)));
  }

  /// Taking back is no removal, and a lost pod is repaired.
  @Test
  @Tag("D12")
  void theOpenBreakerHoldsNoRepair() {
    assertThat(
            plan(
                """
                pool data wants 3
                empties
                a: a1
                b: b1[no pod]
                c: c1
                fleet 30 given-up 5 members 10
                """))
        .contains("CreatePod member=b1");
  }
}
