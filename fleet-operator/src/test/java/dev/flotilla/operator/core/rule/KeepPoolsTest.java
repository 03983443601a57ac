package dev.flotilla.operator.core.rule;

import static dev.flotilla.operator.core.Drawing.plan;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Each pool exists with the scale that counts.
class KeepPoolsTest {

  @Test
  void aForeignWriteIsTakenBack() {
    assertThat(
            plan(
                """
                pool data wants 3 scale 9 by kubectl
                a: a1
                b: b1
                c: c1
                """))
        .isEqualTo(
            """
            Apply Pool pool=data instances=3 reason=ForeignWriter rule=KeepPools\
            """);
  }

  @Test
  void withoutACountTheScaleCounts() {
    assertThat(
            plan(
                """
                pool data scale 4
                a: a1
                b: b1
                c: c1
                """))
        .isEqualTo(
            """
            Commit members=data/a#2:ALLOCATED reason=Creating rule=AllocateMembers\
            """);
  }

  @Test
  void aDeletedPoolIsMadeAgainWithItsMembers() {
    assertThat(
            plan(
                """
                pool data absent
                a: a1 a2
                b: b1
                c: c1
                """))
        .isEqualTo(
            """
            Apply Pool pool=data instances=4 reason=Creating rule=KeepPools\
            """);
  }

  @Test
  void aPoolThatIsTakenOutKeepsItsMembers() {
    assertThat(
            plan(
                """
                pool data removed
                a: a1
                b: b1
                c: c1
                bare
                """))
        .isEqualTo(
            """
            Apply Pool pool=other instances=3 reason=Creating rule=KeepPools
            Apply Config files=engine.yml reason=Creating rule=KeepConfig
            Apply Seeds addresses=3 reason=Joining rule=PublishSeeds
            Apply ClientService reason=Creating rule=KeepService
            Apply Budget pool=other maxUnavailable=1 reason=Creating rule=KeepBudgets
            Commit members=other/a#1:ALLOCATED,other/b#1:ALLOCATED,other/c#1:ALLOCATED reason=Creating rule=AllocateMembers
            Apply Endpoints ready=3 of=3 reason=Joining rule=PublishEndpoints
            hold reason=PoolRemovalHeld by=KeepPools\
            """);
  }
}
