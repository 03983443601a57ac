package dev.flotilla.operator.core.drain;

import static dev.flotilla.operator.core.Drawing.plan;
import static dev.flotilla.operator.core.Drawing.situation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.operator.core.plan.Planner;
import dev.flotilla.operator.core.step.Hold;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is next for one of two members of zone c, from each place at which whoever drained it may
/// have stopped.
class ContinueDrainsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          drains                                | NoteDrain member=c2 zone=c drain=DRAINING
          drains, noted                         | Mark member=c2
          drains, noted, marked, empty          | GiveUp member=c2
          removing, noted, marked, empty        | DeletePod member=c2
          removing, noted, marked, no pod       | Release member=c2
          removing, noted, released, no pod     | NoteDrain member=c2 zone=c drain=REMOVED
          removing, noted gone, released, no pod | Commit drains=c2:REMOVED
          """)
  void onTheWayToItsEnd(String words, String step) {
    assertThat(planFor(3, words)).isEqualTo(step + " reason=Draining rule=ContinueDrains");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          drains                                | Commit drains=c2:CANCELLING
          drains, noted                         | Commit drains=c2:CANCELLING
          drains, noted, marked                 | Commit drains=c2:CANCELLING
          drains, noted, marked, empty          | Commit drains=c2:CANCELLING
          cancelling, noted, marked             | Release member=c2
          cancelling, noted                     | Release member=c2
          cancelling                            | Release member=c2
          cancelling, noted, released           | NoteDrain member=c2 zone=c drain=none
          cancelling, released                  | Commit drains=c2:PROVISIONED
          """)
  @Tag("R66")
  void onTheWayBackBecauseItIsNeeded(String words, String step) {
    assertThat(planFor(4, words)).isEqualTo(step + " reason=DrainUndone rule=ContinueDrains");
  }

  @ParameterizedTest
  @CsvSource({"overdue", "'overdue, noted'", "'overdue, noted, marked'"})
  @Tag("R66")
  void onTheSameWayBackBecauseItsTimeIsOver(String words) {
    assertThat(planFor(3, words))
        .contains("Commit drains=c2:CANCELLING reason=DrainUndone rule=ContinueDrains")
        .doesNotContain("GiveUp");
  }

  @Test
  void whoeverWasGivenUpGoesAlthoughThePoolShallGrow() {
    assertThat(planFor(4, "removing, noted, marked, empty"))
        .contains("DeletePod member=c2 reason=Draining rule=ContinueDrains")
        .contains("Commit members=data/");
  }

  @Test
  void itsTimeIsOver() {
    assertThat(planFor(3, "overdue, noted, marked"))
        .isEqualTo(
            """
            Commit drains=c2:CANCELLING reason=DrainUndone rule=ContinueDrains
            hold reason=DrainBlocked member=c2 by=ContinueDrains\
            """);
  }

  /// Nothing leaves it, and the engine says that something never will.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          drains           | still 15 | stay c2 by awareness | Commit drains=c2:CANCELLING
          drains           | still 14 | stay c2 by awareness | hold reason=Draining
          drains           | still 99 |                      | hold reason=Draining
          drains           | still 99 | wait c2              | hold reason=Draining
          drains, patient  | still 15 | stay c2 by awareness | hold reason=DrainBlocked member=c2 by=ContinueDrains
          overdue, patient | still 0  | stay c2 by awareness | hold reason=DrainBlocked member=c2 by=ContinueDrains
          """)
  @Tag("R4")
  @Tag("R66")
  void whoIsStuckIsHeldOrTakenBackAndNeverGivenUp(
      String words, String engine, String answer, String planned) {
    var text =
        """
        pool data wants 3
        empties %s
        a: a1
        b: b1
        c: c1 c2[%s, noted, marked]
        """
                .formatted(engine, words)
            + "explains c2 "
            + (answer == null ? "" : answer);

    assertThat(plan(text)).contains(planned).doesNotContain("GiveUp");
    if (planned.contains("DrainBlocked")) {
      assertThat(Planner.plan(situation(text)).holds())
          .extracting(Hold::message)
          .anyMatch(message ->
              message.contains("shard 3 of index orders") && message.contains("awareness says"));
    }
  }

  /// Nothing leaves it, and the engine has nothing against it: that is said, and its deadline
  /// decides.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          drains, noted, marked          | still 15 |         | DrainStalled
          drains, noted, marked          | still 15 | wait c2 | DrainStalled
          drains, noted, marked, patient | still 99 |         | DrainStalled
          drains, noted, marked          | still 14 |         | Draining
          drains, noted, marked, empty   | still 15 |         |
          drains, noted                  | still 15 |         |
          """)
  @Tag("R21")
  void whoDoesNotMoveAlthoughItMayIsStalled(
      String words, String engine, String answer, String reason) {
    var text =
        """
        pool data wants 3
        empties %s
        a: a1
        b: b1
        c: c1 c2[%s]
        """
                .formatted(engine, words)
            + (answer == null ? "" : "explains c2 " + answer);
    var plan = plan(text);

    assertThat(plan.contains("DrainStalled")).isEqualTo("DrainStalled".equals(reason));
    assertThat(plan).contains(reason == null ? "" : "hold reason=%s member=c2".formatted(reason));
    assertThat(plan).doesNotContain("CANCELLING");
    if (answer != null) {
      assertThat(Planner.plan(situation(text)).holds())
          .extracting(Hold::message)
          .anyMatch(message -> message.contains("others wait: same_shard says \"no room"));
    }
  }

  @Test
  @Tag("R21")
  void whatDoesNotMoveUntilItsDeadlineIsTakenBack() {
    assertThat(
            plan(
                """
                pool data wants 3
                empties still 120
                a: a1
                b: b1
                c: c1 c2[overdue, noted, marked]
                """))
        .contains("Commit drains=c2:CANCELLING reason=DrainUndone")
        .doesNotContain("GiveUp");
  }

  /// The mark is wanted until the drain is over; somebody has taken it away.
  @Test
  void aMarkThatWasTakenAwayIsSetAgain() {
    assertThat(planFor(3, "drains, noted, empty"))
        .isEqualTo("Mark member=c2 reason=Draining rule=ContinueDrains");
  }

  @Test
  @Tag("R16")
  void aMemberThatDrainsGetsItsPodBack() {
    assertThat(planFor(3, "drains, noted, marked, no pod"))
        .contains("CreatePod member=c2 zone=c reason=Healing rule=KeepBodies")
        .doesNotContain("GiveUp");
  }

  @Test
  void aMemberThatWasGivenUpGetsNoPod() {
    assertThat(planFor(3, "removing, noted, marked, no pod")).doesNotContain("CreatePod");
  }

  /// Taken away before, the mark would let data flow back.
  @Test
  @Tag("R10")
  void theMarkStaysUntilTheEngineHasLetGo() {
    assertThat(planFor(3, "removing, noted, marked, terminating"))
        .isEqualTo("hold reason=Draining member=c2 by=ContinueDrains");
  }

  @Test
  @Tag("R25")
  void aPodOnASilentNodeIsNotDeletedEither() {
    assertThat(
            plan(
                """
                pool data wants 2
                empties
                node nc silent
                a: a1
                b: b1
                c: c2[removing, noted, marked, empty]
                """))
        .isEqualTo("hold reason=ScaleInHeld member=c2 by=ContinueDrains");
  }

  @Test
  void whatIsHiddenBySomebodyElsesSettingHasNoEffect() {
    assertThat(
            plan(
                """
                pool data wants 3
                empties hidden
                a: a1
                b: b1
                c: c1 c2[drains, noted]
                """))
        .isEqualTo("hold reason=ScaleInHeld member=c2 by=ContinueDrains");
  }

  @Test
  void theWayBackDoesNotNeedToReadTheMarks() {
    assertThat(
            plan(
                """
                pool data wants 4
                empties silent
                a: a1
                b: b1
                c: c1 c2[cancelling, noted, marked]
                """))
        .isEqualTo("Release member=c2 reason=DrainUndone rule=ContinueDrains");
  }

  @Test
  @Tag("R3")
  void ofTwoThatDrainOnlyAsManyComeBackAsAreNeeded() {
    assertThat(
            plan(
                """
                pool data wants 4
                empties
                a: a1
                b: b1
                c: c1 c2[drains, noted, marked] c3[drains, noted, marked]
                """))
        .isEqualTo(
            """
            Commit drains=c2:CANCELLING reason=DrainUndone rule=ContinueDrains
            hold reason=Draining member=c3 by=NoShardsLeft\
            """);
  }

  @Test
  @Tag("R3")
  @Tag("R14")
  void aPoolThatGrowsKeepsWhoDrainsBeforeItMakesNewOnes() {
    assertThat(
            plan(
                """
                pool data wants 5
                empties
                a: a1
                b: b1
                c: c1 c2[drains, noted, marked]
                """))
        .isEqualTo(
            """
            Commit members=data/a#2:ALLOCATED reason=Creating rule=AllocateMembers
            Commit drains=c2:CANCELLING reason=DrainUndone rule=ContinueDrains\
            """);
  }

  private static String planFor(int wanted, String words) {
    return plan(
        String.join(
            "\n",
            "pool data wants " + wanted,
            "empties",
            "a: a1",
            "b: b1",
            "c: c1 c2[" + words.strip() + "]"));
  }
}
