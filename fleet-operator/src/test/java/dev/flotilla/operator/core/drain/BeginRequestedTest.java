package dev.flotilla.operator.core.drain;

import static dev.flotilla.operator.core.Drawing.plan;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is done about members that persons have named. Zone b has the member in the middle.
class BeginRequestedTest {

  private static final String SIX = "pool data wants 6\nempties\na: a1 a2\nc: c1 c2\n";

  @Tag("R19")
  @Test
  void theNamedOneGoesAndNoOther() {
    assertThat(plan(SIX + "b: b1 b2\nasked b1"))
        .isEqualTo("Commit drains=b1:DRAINING reason=Draining rule=BeginRequested");
  }

  @Tag("R19")
  @Test
  void whoIsNamedComesBeforeWhoWouldBeChosen() {
    assertThat(plan("pool data wants 5\nempties\na: a1 a2\nb: b1 b2\nc: c1 c2\nasked b1"))
        .isEqualTo(
            """
            Commit drains=b1:DRAINING reason=Draining rule=BeginRequested
            hold reason=Draining by=ScaleIn\
            """);
  }

  @Tag("R19")
  @Test
  void nobodyElseGoesWhileTheNamedOneDrains() {
    assertThat(
            plan(
                """
                pool data wants 5
                empties
                a: a1 a2
                b: b1[drains, asked, noted, marked] b2
                c: c1 c2
                asked b1
                """))
        .isEqualTo("hold reason=Draining member=b1 by=NoShardsLeft");
  }

  /// Made before, it would be too many if the member had to be kept.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          drains, asked, noted, marked, empty    | GiveUp member=b1
          removing, asked, noted, marked, empty  | DeletePod member=b1
          removing, asked, noted, marked, no pod | Release member=b1
          """)
  void nobodyTakesItsPlaceBeforeItHasGone(String words, String step) {
    assertThat(plan(SIX + "b: b1[%s] b2\nasked b1".formatted(words)))
        .isEqualTo(step + " reason=Draining rule=ContinueDrains");
  }

  @Test
  void whoWasNamedIsNotKeptBecauseThePoolGrows() {
    assertThat(
            plan(
                """
                pool data wants 7
                empties
                a: a1 a2
                b: b1[drains, asked, noted, marked] b2
                c: c1 c2
                asked b1
                """))
        .contains("Commit members=data/a#3:ALLOCATED")
        .doesNotContain("CANCELLING");
  }

  @Tag("R66")
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          asked b1 cancelled
          asked b1 overdue cancels late
          asked a1
          """)
  void itIsTakenBackWhenTheRequestIs(String request) {
    var text = SIX + "b: b1[drains, asked, noted, marked, empty] b2\n" + request;

    assertThat(plan(request.equals("asked a1") ? text.replace("asked a1", "") : text))
        .isEqualTo("Commit drains=b1:CANCELLING reason=DrainUndone rule=ContinueDrains");
  }

  @Test
  void whatIsHeldAfterItsTimeIsNotTakenBack() {
    assertThat(plan(SIX + "b: b1[overdue, patient, asked, noted, marked] b2\nasked b1 overdue"))
        .isEqualTo(
            """
            hold reason=DrainBlocked member=b1 by=ContinueDrains
            hold reason=Draining member=b1 by=NoShardsLeft\
            """);
  }

  @Test
  void nothingBeginsAfterItsTime() {
    assertThat(plan(SIX + "b: b1 b2\nasked b1 overdue"))
        .isEqualTo("hold reason=DrainBlocked member=b1 by=BeginRequested");
  }

  @ParameterizedTest
  @CsvSource({
    "asked b1 cancelled",
    "asked b1 overdue cancels late",
    "asked b1 over",
    "asked nobody-knows",
    "asked b1 nobody-knows",
  })
  void nothingIsTouched(String request) {
    assertThat(plan(SIX + "b: b1 b2\n" + request)).isEmpty();
  }

  @Test
  void whoHasNeverJoinedHoldsNothing() {
    assertThat(plan(SIX + "b: b1[unstamped, not joined] b2\nasked b1"))
        .doesNotContain("BeginRequested");
  }

  @Test
  void zonesAreTakenOneAfterTheOther() {
    assertThat(plan(SIX + "b: b1[drains, asked, noted, marked] b2\nasked b1\nasked c1"))
        .isEqualTo(
            """
            hold reason=Draining member=b1 by=NoShardsLeft
            hold reason=Draining member=c1 by=BeginRequested\
            """);
  }

  @Test
  void theSecondOfOneZoneFollowsAtOnce() {
    assertThat(
            plan(
                """
                pool data wants 9
                empties
                a: a1 a2 a3
                b: b1[drains, asked, noted, marked] b2 b3
                c: c1 c2 c3
                asked b1 b2
                """))
        .contains("Commit drains=b2:DRAINING reason=Draining rule=BeginRequested");
  }

  @Test
  @Tag("R21")
  void theSecondOfOneZoneWaitsWhereOneIsAllWhoMayDrain() {
    assertThat(
            plan(
                """
                pool data wants 9
                together 1
                empties
                a: a1 a2 a3
                b: b1[drains, asked, noted, marked] b2 b3
                c: c1 c2 c3
                asked b1 b2
                """))
        .contains("hold reason=Draining member=b2 by=BeginRequested")
        .doesNotContain("Commit");
  }

  /// What is written into one list takes the effect of the other.
  @Test
  @Tag("ZD-7")
  void nothingBeginsWhileAnEntryOfSomebodyElsesIsTakenAway() {
    assertThat(plan(SIX + "b: b1[reclaiming] b2\nasked b2\nexcludes _ip 10.0.1.1"))
        .contains("hold reason=Draining member=b2 by=BeginRequested")
        .doesNotContain("DRAINING");
  }

  @Test
  void theLastOfAZoneStays() {
    assertThat(plan(SIX.replace("6", "5") + "b: b1\nasked b1"))
        .isEqualTo("hold reason=ScaleInHeld member=b1 by=ZoneFloor");
  }

  /// A drain of the same member would take the place of the record that tells how this one ended.
  @Test
  void nothingBeginsBeforeTheLastOneIsToldOf() {
    assertThat(plan(SIX + "b: b1[was kept, asked] b2\nasked b1 cancelled\nasked b1"))
        .isEqualTo("hold reason=Draining member=b1 by=BeginRequested");
  }

  @Test
  void marksThatCannotBeReadHoldIt() {
    assertThat(plan(SIX.replace("empties", "empties silent") + "b: b1 b2\nasked b1"))
        .isEqualTo("hold reason=EngineUnreadable member=b1 by=BeginRequested");
    assertThat(plan(SIX.replace("empties", "empties hidden") + "b: b1 b2\nasked b1"))
        .isEqualTo("hold reason=ScaleInHeld member=b1 by=BeginRequested");
  }
}
