package dev.flotilla.operator.core.rule;

import static dev.flotilla.operator.core.Drawing.plan;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// A pool gets as many members as it shall have, and never fewer.
class AllocateMembersTest {

  @Test
  void threeNewOnesGoToThreeZones() {
    assertThat(
            plan(
                """
                pool data wants 3
                a:
                b:
                c:
                tenant unformed
                engine silent
                """))
        .isEqualTo(
            """
            Commit members=data/a#1:ALLOCATED,data/b#1:ALLOCATED,data/c#1:ALLOCATED reason=Creating rule=AllocateMembers\
            """);
  }

  @Test
  void theEmptiestZoneComesFirst() {
    assertThat(
            plan(
                """
                pool data wants 6
                a: a1 a2
                b: b1
                c: c1 c2
                """))
        .isEqualTo(
            """
            Commit members=data/b#2:ALLOCATED reason=Creating rule=AllocateMembers\
            """);
  }

  @Test
  void aHoleIsNotFilledWithItsOldOrdinal() {
    assertThat(
            plan(
                """
                pool data wants 4
                a: a2
                b: b1
                c: c1
                """))
        .isEqualTo(
            """
            Commit members=data/a#3:ALLOCATED reason=Creating rule=AllocateMembers\
            """);
  }

  @Test
  void scaleInIsHeld() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1 a2
                b: b1
                c: c1
                """))
        .isEqualTo(
            """
            hold reason=ScaleInHeld by=ScaleIn\
            """);
  }
}
