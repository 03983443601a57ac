package dev.flotilla.operator.core.gate;

import static dev.flotilla.operator.core.Drawing.member;
import static dev.flotilla.operator.core.Drawing.plan;
import static dev.flotilla.operator.core.Drawing.situation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.drain.DrainRules;
import dev.flotilla.operator.core.plan.Planner;
import dev.flotilla.operator.core.step.Hold;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// No drain begins before the engine has said that it can end.
class SomewhereToGoTest {

  private static final String FOUR_FOR_THREE =
      """
      pool data wants 3
      empties
      a: a1
      b: b1
      c: c1 c2
      """;

  private static final String FIVE_FOR_THREE =
      """
      pool data wants 3
      empties
      a: a1
      b: b1
      c: c1 c2 c3
      """;

  /// Zones, copies, limits of shards and disks: the engine is asked, and nothing is worked out
  /// here.
  @ParameterizedTest
  @ValueSource(strings = {"awareness", "same_shard", "shards_limit", "disk_threshold", "filter"})
  @Tag("R13")
  @Tag("R63")
  @Tag("ZD-2")
  void whatCannotEndDoesNotBeginAndTheEngineIsQuoted(String decider) {
    var text = FOUR_FOR_THREE + "explains c2 stay c2 by " + decider;

    assertThat(plan(text)).isEqualTo("hold reason=DrainBlocked by=SomewhereToGo");
    assertThat(Planner.plan(situation(text)).holds())
        .extracting(Hold::message)
        .singleElement()
        .asString()
        .contains("Member " + member("c2"))
        .contains("shard 3 of index orders")
        .contains(decider + " says \"no room for this copy here\" of 2")
        .contains("Nothing was touched");
    assertThat(Reason.DRAIN_BLOCKED.waysOut()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          explains silent  | EngineUnreadable
          explains nobody  | Draining
          explains c1      | Draining
          """)
  void nothingBeginsBeforeItWasAskedAboutJustThese(String engine, String reason) {
    assertThat(plan(FOUR_FOR_THREE + engine))
        .isEqualTo("hold reason=%s by=SomewhereToGo".formatted(reason));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"explains c2", "explains c1 c2", "explains c2 wait c2", "explains c1 c2 stay c1"})
  void aYesOrOnlyWaitingLetsItBegin(String engine) {
    assertThat(plan(FOUR_FOR_THREE + engine))
        .isEqualTo("Commit drains=c2:DRAINING reason=Draining rule=ScaleIn");
  }

  /// Each of two may have a place, and both together none.
  @Test
  void membersThatGoTogetherAreAskedAboutTogether() {
    assertThat(DrainRules.asked(situation(FIVE_FOR_THREE + "explains nobody")))
        .containsExactlyInAnyOrder(member("c2"), member("c3"));
    assertThat(plan(FIVE_FOR_THREE + "explains c2 c3"))
        .isEqualTo("Commit drains=c3:DRAINING,c2:DRAINING reason=Draining rule=ScaleIn");
  }

  @Test
  void ofTwoThatCannotGoTogetherOneGoesAlone() {
    var refused = FIVE_FOR_THREE + "explains c2 c3 stay c2";

    assertThat(plan(refused)).doesNotContain("c2");
    assertThat(DrainRules.asked(situation(refused))).containsExactly(member("c3"));
    assertThat(DrainRules.asked(situation(FIVE_FOR_THREE + "explains c3")))
        .containsExactly(member("c3"));
    assertThat(plan(FIVE_FOR_THREE + "explains c3"))
        .isEqualTo("Commit drains=c3:DRAINING reason=Draining rule=ScaleIn");
    assertThat(plan(FIVE_FOR_THREE + "explains c3 stay c3"))
        .isEqualTo("hold reason=DrainBlocked by=SomewhereToGo");
  }

  @Test
  void theEngineIsAskedAboutThoseThatDrainAndNobodyElse() {
    assertThat(
            DrainRules.asked(
                situation(
                    """
                    pool data wants 3
                    empties
                    a: a1
                    b: b1
                    c: c1 c2[drains, noted, marked] c3
                    """)))
        .containsExactly(member("c2"));
    assertThat(DrainRules.asked(situation("pool data wants 3\nempties\na: a1\nb: b1\nc: c1")))
        .isEmpty();
  }

  /// Yellow by what never had a place is no reason to keep a member; yellow by a loss is.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          empties missing 2 placeless         | Commit drains=c2:DRAINING reason=Draining rule=ScaleIn
          empties missing 2                   | hold reason=CopiesMissing by=OthersWell
          empties missing 2 primary placeless | hold reason=CopiesMissing by=OthersWell
          """)
  void whatNeverHadAPlaceHoldsNoDrain(String engine, String planned) {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1
                b: b1
                c: c1 c2
                engine yellow
                """
                    + engine))
        .isEqualTo(planned);
  }
}
