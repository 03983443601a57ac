package dev.flotilla.operator.core.drain;

import static dev.flotilla.operator.core.Drawing.plan;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScaleInTest {

  @Test
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

  /// Somebody keeps data off `a1`: with it the zone would look as if it had two.
  @Test
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
        .isEqualTo("Commit drains=c3:DRAINING reason=Draining rule=ScaleIn");
  }

  @Test
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
