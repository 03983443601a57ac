package dev.flotilla.operator.core.drain;

import static dev.flotilla.operator.core.Drawing.plan;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is done about members that persons want replaced. Zone a has one member, as in the layout
/// in which it cannot simply go.
class ReplaceMembersTest {

  private static final String FOUR = "pool data wants 4\nempties\nb: b1 b2\nc: c1\n";

  @Test
  void aNewMemberInTheSameZoneComesFirst() {
    assertThat(plan(FOUR + "a: a1\nasked replace a1"))
        .isEqualTo(
            "Commit members=data/a#2:ALLOCATED:instead-of-a1 reason=Replacing rule=MakeSuccessors");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          not joined | BeginRequested
          pending    | BeginRequested
          """)
  void nobodyGoesBeforeTheNewOneServes(String words, String rule) {
    assertThat(plan(FOUR + "a: a1 a2[instead a1, joins, %s]\nasked replace a1".formatted(words)))
        .contains("hold reason=Replacing member=a1 by=" + rule)
        .doesNotContain("Commit");
  }

  @Test
  void whenItServesTheOldOneIsDrained() {
    assertThat(plan(FOUR + "a: a1 a2[instead a1, joins]\nasked replace a1"))
        .isEqualTo("Commit drains=a1:DRAINING reason=Draining rule=BeginRequested");
  }

  /// Neither is anybody else too many meanwhile, nor does anybody lack.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          drains, asked, noted, marked           | hold reason=Draining member=a1 by=NoShardsLeft
          drains, asked, noted, marked, empty    | GiveUp member=a1 reason=Draining rule=ContinueDrains
          removing, asked, noted, marked, no pod | Release member=a1 reason=Draining rule=ContinueDrains
          """)
  void theTwoOfThemCountAsOne(String words, String planned) {
    assertThat(plan(FOUR + "a: a1[%s] a2[instead a1, joins]\nasked replace a1".formatted(words)))
        .isEqualTo(planned);
  }

  @Test
  void afterwardsThePoolHasAsManyAsBefore() {
    assertThat(plan(FOUR + "a: a1[gone] a2[instead a1, joins]\nasked replace a1 over")).isEmpty();
  }

  @Test
  void severalAreReplacedOneAfterTheOther() {
    assertThat(plan(FOUR + "a: a1\nasked replace b1 a1"))
        .isEqualTo(
            "Commit members=data/b#3:ALLOCATED:instead-of-b1 reason=Replacing rule=MakeSuccessors");
    assertThat(plan(FOUR + "a: a1\nasked replace b1\nasked replace a1"))
        .isEqualTo(
            """
            Commit members=data/b#3:ALLOCATED:instead-of-b1 reason=Replacing rule=MakeSuccessors
            hold reason=Replacing member=a1 by=MakeSuccessors\
            """);
    assertThat(
            plan(
                """
                pool data wants 4
                empties
                a: a1
                b: b1 b2 b3[instead b1, joins, not joined]
                c: c1
                asked replace b1
                asked replace a1
                """))
        .contains("hold reason=Replacing member=a1 by=MakeSuccessors")
        .doesNotContain("Commit");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          b1[drains, noted, marked] b2 | c1                   |                    | Replacing
          b1 b2                        | c1[was kept, asked]  | asked c1 cancelled | Replacing
          b1                           | c1                   |                    | Replacing
          b1 b2                        | c1                   | node na cordoned   | ZonesInsufficient
          """)
  void nothingBeginsWhileSomethingElseIsOnItsWay(
      String ofB, String ofC, @Nullable String line, String reason) {
    var drawn =
        "pool data wants 4\nempties\na: a1\nb: %s\nc: %s\n%s\nasked replace a1"
            .formatted(ofB, ofC, Objects.requireNonNullElse(line, ""));

    assertThat(plan(drawn))
        .contains("hold reason=%s member=a1 by=MakeSuccessors".formatted(reason))
        .doesNotContain("instead-of");
  }

  /// Who is one too many goes first; then it is known who takes whose place.
  @Test
  void aLowerCountComesFirstAsLongAsNothingHasBegun() {
    assertThat(plan("pool data wants 3\nempties\na: a1\nb: b1 b2\nc: c1\nasked replace a1"))
        .contains("Commit drains=b2:DRAINING reason=Draining rule=ScaleIn")
        .contains("hold reason=Replacing member=a1 by=MakeSuccessors");
    assertThat(
            plan(
                """
                pool data wants 3
                empties
                a: a1 a2[instead a1, joins]
                b: b1 b2
                c: c1
                asked replace a1
                """))
        .isEqualTo(
            """
            Commit drains=a1:DRAINING reason=Draining rule=BeginRequested
            hold reason=Draining by=ScaleIn\
            """);
  }

  @ParameterizedTest
  @CsvSource({"asked replace a1 cancelled", "asked replace a1 overdue cancels late"})
  void takenBackTheNewOneGoesAgainAndNobodyElse(String request) {
    assertThat(plan(FOUR + "a: a1 a2[instead a1, joins]\n" + request))
        .isEqualTo("Commit drains=a2:DRAINING reason=Draining rule=ScaleIn");
    // Zone b has most, and would give one up if nobody had been meant.
    assertThat(
            plan(
                """
                pool data wants 5
                empties
                a: a1 a2[instead a1, joins]
                b: b1 b2 b3
                c: c1
                """
                    + request))
        .isEqualTo("Commit drains=a2:DRAINING reason=Draining rule=ScaleIn");
  }

  @Test
  void theDrainOfTheOldOneIsTakenBackFirst() {
    assertThat(
            plan(
                FOUR
                    + "a: a1[drains, asked, noted, marked] a2[instead a1, joins]\n"
                    + "asked replace a1 cancelled"))
        .isEqualTo("Commit drains=a1:CANCELLING reason=DrainUndone rule=ContinueDrains");
  }

  /// Without the operation nobody is meant, but of the two the new one goes.
  @Test
  void ifTheOperationWasDeletedTheNewOneOfTheTwoGoes() {
    assertThat(plan("pool data wants 4\nempties\na: a1 a2[instead a1, joins]\nb: b1 b2\nc: c1"))
        .isEqualTo("Commit drains=a2:DRAINING reason=Draining rule=ScaleIn");
  }

  @Test
  void theNewOneStaysIfThePoolShallHaveOneMore() {
    assertThat(
            plan(
                """
                pool data wants 5
                empties
                a: a1 a2[instead a1, joins]
                b: b1 b2
                c: c1
                asked replace a1 cancelled
                """))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "asked replace nobody-knows",
    "asked replace a1 nobody-knows",
    "asked replace a1 over",
    "asked replace a1 cancelled",
    "asked replace a1 overdue cancels late",
  })
  void nothingIsMade(String request) {
    assertThat(plan(FOUR + "a: a1\n" + request)).isEmpty();
  }

  /// Also where a new member is left from a wish that was taken back.
  @Test
  void aMisspeltNameIsNoneBecauseAnotherWasReplacedBefore() {
    assertThat(
            plan(
                """
                pool data wants 5
                empties
                a: a1 a2[instead a1, joins]
                b: b1 b2
                c: c1
                asked replace a1 nobody-knows
                """))
        .doesNotContain("drains=a1");
  }

  @Test
  void nothingBeginsAfterItsTime() {
    assertThat(plan(FOUR + "a: a1\nasked replace a1 overdue"))
        .isEqualTo("hold reason=DrainBlocked member=a1 by=BeginRequested");
    assertThat(plan(FOUR + "a: a1 a2[instead a1, joins]\nasked replace a1 overdue"))
        .isEqualTo("hold reason=DrainBlocked member=a1 by=BeginRequested");
  }

  @Test
  void aZoneThatShallHaveNobodyGetsNoNewMember() {
    assertThat(
            plan(
                """
                zones bcd
                pool data wants 4
                empties
                a: a1
                b: b1
                c: c1
                d: d1
                asked replace a1
                """))
        .doesNotContain("instead-of");
  }

  /// A drain that waits for nothing but a place is what the new member is made for.
  @Test
  void aDrainThatCannotBeginHoldsNobodyWhoIsToBeReplaced() {
    assertThat(plan(FOUR + "a: a1\nexplains a1 stay a1 by awareness\nasked a1\nasked replace a1"))
        .isEqualTo(
            """
            Commit members=data/a#2:ALLOCATED:instead-of-a1 reason=Replacing rule=MakeSuccessors
            hold reason=DrainBlocked member=a1 by=SomewhereToGo\
            """);
  }
}
