package dev.flotilla.operator.core.drain;

import static dev.flotilla.operator.core.Drawing.plan;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScaleInTest {

  @Test
  @Tag("ZD-1")
  void theOnlyMemberOfAZoneIsNotTheOneToGo() {
    assertThat(
            plan(
                """
                pool data wants 6
                empties
                a: a1
                b: b1 b2
                c: c1 c2 c3 c4
                """))
        .isEqualTo("Commit drains=c4:DRAINING reason=Draining rule=ScaleIn");
  }

  @Test
  void twoOfOneZoneGoTogether() {
    assertThat(
            plan(
                """
                pool data wants 4
                empties
                a: a1
                b: b1 b2
                c: c1 c2 c3 c4
                """))
        .isEqualTo("Commit drains=c4:DRAINING,c3:DRAINING reason=Draining rule=ScaleIn");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1 | c4:DRAINING
          3 | c4:DRAINING,c3:DRAINING,c2:DRAINING
          """)
  @Tag("R21")
  void asManyAsTheSpecificationAllowsGoTogether(int together, String drains) {
    assertThat(
            plan(
                """
                pool data wants 3
                empties
                a: a1
                b: b1
                c: c1 c2 c3 c4
                """
                    + "together "
                    + together))
        .isEqualTo("Commit drains=%s reason=Draining rule=ScaleIn".formatted(drains));
  }

  /// Somebody keeps data off `a1`: with it the zone would look as if it had two.
  @Test
  @Tag("ZD-9")
  void aMemberThatSomebodyMarkedIsNoMemberOfItsZone() {
    assertThat(
            plan(
                """
                pool data wants 6
                empties
                a: a1[marked] a2
                b: b1 b2
                c: c1 c2 c3
                """))
        .isEqualTo(
            """
            Commit drains=c3:DRAINING reason=Draining rule=ScaleIn
            hold reason=ForeignMark member=a1 by=ReportForeignMarks\
            """);
  }

  /// Zone a looks as if it could spare one.
  @Test
  @Tag("ZD-9")
  void aMemberThatSomebodyMarkedCannotBeSpared() {
    assertThat(
            plan(
                """
                pool data wants 4
                empties
                a: a1 a2[marked]
                b: b1 b2
                c: c1
                """))
        .startsWith("Commit drains=b2:DRAINING reason=Draining rule=ScaleIn");
  }

  @Test
  @Tag("D8")
  void nobodyGoesWhereEachZoneHasOne() {
    assertThat(
            plan(
                """
                pool data wants 2
                empties
                a: a1
                b: b1
                c: c1
                """))
        .isEqualTo("hold reason=ScaleInHeld by=ScaleIn");
  }

  @Test
  void aMemberOnACordonedNodeDoesNotCount() {
    assertThat(
            plan(
                """
                pool data wants 5
                empties
                node nc cordoned
                a: a1 a2
                b: b1
                c: c1 c2 c3
                """))
        .isEqualTo("Commit drains=a2:DRAINING reason=Draining rule=ScaleIn");
  }

  /// Its volume lies elsewhere, or nobody knows where.
  @ParameterizedTest
  @ValueSource(strings = {"volume in b", "volume pending"})
  @Tag("R23")
  void aMemberOfWhichNobodyKnowsTheZoneIsNotChosenAndDoesNotCount(String volume) {
    assertThat(
            plan(
                """
                pool data wants 3
                empties
                a: a1
                b: b1
                c: c1 c2[%s]
                """
                    .formatted(volume)))
        .doesNotContain("Commit drains")
        .contains("hold reason=ScaleInHeld by=ScaleIn");
  }

  @Test
  void nothingBeginsWhileADrainIsOpen() {
    assertThat(
            plan(
                """
                pool data wants 4
                empties
                a: a1
                b: b1 b2
                c: c1 c2[drains, noted, marked] c3
                """))
        .isEqualTo("hold reason=Draining member=c2 by=NoShardsLeft");
  }

  @Test
  void nothingBeginsBeforeTheEngineSaysWhatItKeepsDataOff() {
    assertThat(
            plan(
                """
                pool data wants 3
                empties silent
                a: a1
                b: b1
                c: c1 c2
                """))
        .isEqualTo("hold reason=EngineUnreadable by=ScaleIn");
  }

  @Test
  void whereMembersCannotBeEmptiedNobodyGoes() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1
                b: b1
                c: c1 c2
                """))
        .isEqualTo("hold reason=ScaleInHeld by=ScaleIn");
  }
}
