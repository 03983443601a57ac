package dev.flotilla.operator.core.gate;

import static dev.flotilla.operator.core.Drawing.plan;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What holds a drain's beginning, and the giving up of a member that holds nothing any more.
class LeavingTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          empties once           | Draining member=c2
          empties close together | Draining member=c2
          empties restarted      | Draining member=c2
          empties missing 1      | CopiesMissing member=c2
          """)
  @Tag("D5")
  @Tag("R2")
  @Tag("R11")
  @Tag("ZD-10")
  void aMemberIsGivenUpOnlyWhenItWasEmptyTwice(String engine, String hold) {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1
                b: b1
                c: c1 c2[drains, noted, marked, empty]
                """
                    + engine))
        .isEqualTo("hold reason=%s by=NoShardsLeft".formatted(hold));
  }

  /// What a drain that was taken back has set in motion comes to rest before another one begins;
  /// what the engine moves by itself holds nobody.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          was kept, moving | hold reason=DrainUndone by=OthersWell
          was kept         | Commit drains=c3:DRAINING reason=Draining rule=ScaleIn
          moving           | Commit drains=c3:DRAINING reason=Draining rule=ScaleIn
          """)
  @Tag("R21")
  void noDrainBeginsWhileAnotherOnesDataComesBack(String words, String planned) {
    assertThat(
            plan(
                """
                pool data wants 4
                empties
                a: a1
                b: b1[%s]
                c: c1 c2 c3
                """
                    .formatted(words)))
        .isEqualTo(planned);
  }

  /// A copy that is nowhere holds a member only if it may be one of those it had.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          had orders           | missing 1         | hold reason=CopiesMissing member=c2 by=NoShardsLeft
          had orders           | missing 1 primary | hold reason=CopiesMissing member=c2 by=NoShardsLeft
          had nothing          | missing 1 primary | hold reason=CopiesMissing member=c2 by=NoShardsLeft
          had notes            | missing 2         | GiveUp member=c2 reason=Draining rule=ContinueDrains
          had nothing          | missing 2         | GiveUp member=c2 reason=Draining rule=ContinueDrains
          had orders           | missing 0         | GiveUp member=c2 reason=Draining rule=ContinueDrains
          """)
  @Tag("R11")
  @Tag("ZD-10")
  void aCopyThatIsNowhereHoldsWhomItMayBelongTo(String had, String engine, String planned) {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1
                b: b1
                c: c1 c2[drains, noted, marked, empty, %s]
                empties %s
                """
                    .formatted(had, engine)))
        .isEqualTo(planned);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2 | GiveUp member=c2 reason=Draining rule=ContinueDrains
          3 | hold reason=CopiesMissing member=c2 by=NoShardsLeft
          """)
  @Tag("R11")
  void whatNeverHadAPlaceIsReportedAndHoldsNobody(int missing, String planned) {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1
                b: b1
                c: c1 c2[drains, noted, marked, empty, had orders lacking 2]
                empties missing %d
                """
                    .formatted(missing)))
        .contains(planned)
        .contains("hold reason=CopiesMissing member=c2 by=ContinueDrains");
  }

  @Test
  @Tag("R2")
  @Tag("R18")
  void aMemberThatTheEngineDoesNotListIsNotEmpty() {
    assertThat(
            plan(
                """
                pool data wants 3
                empties
                a: a1
                b: b1
                c: c1 c2[drains, noted, marked, empty, starting]
                """))
        .contains("hold reason=EngineUnreadable member=c2 by=NoShardsLeft")
        .doesNotContain("GiveUp");
  }

  @Test
  @Tag("D7")
  void aMemberIsNotGivenUpWhileAnotherIsMissing() {
    assertThat(
            plan(
                """
                pool data wants 3
                empties
                a: a1
                b: b1[not joined]
                c: c1 c2[drains, noted, marked, empty]
                """))
        .isEqualTo("hold reason=Healing member=c2 by=OthersWell");
  }

  @Test
  @Tag("D8")
  void theLastMemberOfAZoneIsNotGivenUp() {
    assertThat(
            plan(
                """
                pool data wants 3
                empties
                a: a1
                b: b1 b2
                c: c2[drains, noted, marked, empty]
                """))
        .isEqualTo("hold reason=ScaleInHeld member=c2 by=ZoneFloor");
  }

  @Test
  @Tag("DR-1")
  void membersAreGivenUpOneAfterTheOther() {
    assertThat(
            plan(
                """
                pool data wants 3
                empties
                a: a1
                b: b1
                c: c1 c2[drains, noted, marked, empty] c3[removing, noted, marked, no pod]
                """))
        .contains("hold reason=Draining member=c2 by=OneRemoval")
        .doesNotContain("GiveUp");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          engine yellow | CopiesMissing by=OthersWell
          engine red    | CopiesMissing by=OthersWell
          engine silent | EngineUnreadable by=ScaleIn
          fleet unknown | FleetPolicyUnknown by=DisruptionAllowed
          stale         | StaleView by=FreshView
          """)
  @Tag("D7")
  void noDrainBeginsInADatabaseThatIsNotWell(String trouble, String hold) {
    var plan =
        plan(
            """
            pool data wants 3
            empties
            a: a1
            b: b1
            c: c1 c2
            """
                + trouble);

    assertThat(plan).contains("hold reason=" + hold).doesNotContain("Commit");
  }
}
