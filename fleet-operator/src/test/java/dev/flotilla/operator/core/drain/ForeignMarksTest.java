package dev.flotilla.operator.core.drain;

import static dev.flotilla.operator.core.Drawing.member;
import static dev.flotilla.operator.core.Drawing.plan;
import static dev.flotilla.operator.core.Drawing.situation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.operator.core.plan.Planner;
import dev.flotilla.operator.core.step.Hold;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Entries of others that keep data off `c1`, which has the address 10.0.2.1.
class ForeignMarksTest {

  private static final String NAMED = "hold reason=ForeignMark member=c1 by=ReportForeignMarks";
  private static final String TAKEN =
      "Commit drains=c1:CANCELLING reason=DrainUndone rule=ReclaimMarks";

  private static String scene(String c1, String lines) {
    return """
    pool data wants 3
    empties
    a: a1
    b: b1
    c: c1%s
    %s
    """
        .formatted(c1, lines.replace("; ", "\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "excludes _ip 10.0.2.1",
        "excludes transient _ip 10.0.2.1",
        "excludes _ip 10.0.2.*",
        "excludes _id of c1",
        "excludes _name of c1",
        "excludes transient _name of c1"
      })
  @Tag("ZD-7")
  void memberAndEntryAreNamedAndNothingIsDone(String entry) {
    assertThat(plan(scene("", entry))).isEqualTo(NAMED);
  }

  @Test
  @Tag("ZD-7")
  void theMessageSaysWhichEntryAndWhere() {
    assertThat(Planner.plan(situation(scene("", "excludes transient _ip 10.0.2.1"))).holds())
        .extracting(Hold::message)
        .containsExactly(
            "Somebody else keeps data off member %s by entry 10.0.2.1 of the transient setting exclude._ip, so it does not count for zone c. Take the entry away if nobody needs it."
                .formatted(member("c1")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"_ip 10.0.2.10", "_ip 10.9.9.9", "_id of b9", "zone c", "_name c1"})
  void whatMeetsNobodyIsNobodysBusiness(String entry) {
    assertThat(plan(scene("", "reclaims; excludes " + entry))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "_ip 10.0.2.1",
        "transient _ip 10.0.2.1",
        "_id of c1",
        "_name of c1",
        "transient _name of c1"
      })
  @Tag("ZD-7")
  void whatNamesJustAMemberThatServesIsTakenAwayIfThatIsWanted(String entry) {
    assertThat(plan(scene("", "reclaims; excludes " + entry))).isEqualTo(TAKEN);
  }

  /// Who goes by a pattern may mean more than this member; the others do not serve, or shall go.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
                              | excludes _ip 10.0.2.*
          [not joined]        | excludes _ip 10.0.2.1
          [starting]          | excludes _name of c1
          [noted]             | excludes _ip 10.0.2.1
                              | excludes _ip 10.0.2.1; asked c1
          """)
  @Tag("ZD-7")
  void anythingElseIsNamedAndStays(String c1, String lines) {
    assertThat(plan(scene(c1 == null ? "" : c1, "reclaims; " + lines)))
        .contains(NAMED)
        .doesNotContain("ReclaimMarks");
  }

  @Test
  @Tag("ZD-7")
  void whoDrainsIsLeftWhereItIs() {
    assertThat(
            plan(
                """
                pool data wants 3
                empties
                reclaims
                excludes _ip 10.0.2.2
                a: a1
                b: b1
                c: c1 c2[drains, noted, marked]
                """))
        .isEqualTo("hold reason=Draining member=c2 by=NoShardsLeft");
  }

  /// What is written into one list takes the effect of the other, in which our marks are.
  @Test
  @Tag("ZD-7")
  void nothingIsTakenAwayWhileAnybodyIsEmptied() {
    assertThat(
            plan(
                """
                pool data wants 4
                empties
                reclaims
                excludes _ip 10.0.2.1
                asked b2
                a: a1
                b: b1 b2[drains, asked, noted, marked]
                c: c1
                """))
        .contains(NAMED)
        .doesNotContain("ReclaimMarks");
  }

  /// What is recorded is carried out whatever the specification says by now, like any way back.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [reclaiming]           | excludes _ip 10.0.2.1 | Release member=c1 reason=DrainUndone rule=ContinueDrains
          [reclaiming]           | reclaims              | Release member=c1 reason=DrainUndone rule=ContinueDrains
          [reclaiming, released] | reclaims              | Commit drains=c1:PROVISIONED reason=DrainUndone rule=ContinueDrains
          [reclaiming, no pod]   | excludes _ip 10.0.2.1 | Commit drains=c1:CANCELLING reason=DrainUndone rule=ContinueDrains
          """)
  @Tag("ZD-7")
  void whatWasRecordedIsCarriedOut(String c1, String lines, String step) {
    assertThat(plan(scene(c1, lines))).contains(step);
  }

  /// The address has gone on to somebody else, or to nobody: then it is for its writer to say.
  @Test
  @Tag("ZD-7")
  void anEntryThatNamesTheMemberNoMoreIsNotTouched() {
    assertThat(plan(scene("[reclaiming, no pod]", "excludes _ip 10.0.2.1")))
        .doesNotContain("Release");
  }

  @Test
  void nothingIsTakenAwayUnseen() {
    assertThat(
            plan(
                """
                pool data wants 3
                empties silent
                a: a1
                b: b1
                c: c1[reclaiming]
                """))
        .contains("hold reason=EngineUnreadable member=c1 by=ContinueDrains")
        .doesNotContain("Release");
  }

  /// Excluded by its address, `a2` does not count for its zone: the other one cannot be spared.
  @Test
  @Tag("ZD-7")
  @Tag("ZD-9")
  void whoIsExcludedByItsAddressDoesNotCountForItsZone() {
    assertThat(
            plan(
                """
                pool data wants 4
                empties
                excludes _ip 10.0.0.2
                a: a1 a2
                b: b1 b2
                c: c1
                """))
        .startsWith("Commit drains=b2:DRAINING reason=Draining rule=ScaleIn");
  }
}
