package dev.flotilla.operator.core.rule;

import static dev.flotilla.operator.core.Drawing.plan;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What members need exists before them, as the specification says, and nothing is written twice.
class KeepEverythingTest {

  @Test
  void nothingIsDoneWhenAllIsAsWanted() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1
                b: b1
                c: c1
                """))
        .isEmpty();
  }

  @Test
  void allIsAppliedWhereNothingStands() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1
                b: b1
                c: c1
                bare
                """))
        .isEqualTo(
            """
            Apply Config files=engine.yml reason=Creating rule=KeepConfig
            Apply Seeds addresses=3 reason=Joining rule=PublishSeeds
            Apply ClientService reason=Creating rule=KeepService
            Apply Budget pool=data maxUnavailable=1 reason=Creating rule=KeepBudgets
            Apply Endpoints ready=3 of=3 reason=Joining rule=PublishEndpoints\
            """);
  }

  @Test
  void aChangedSettingReachesTheConfig() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1
                b: b1
                c: c1
                """,
                """
                pool data wants 3
                a: a1
                b: b1
                c: c1
                setting recovery
                """))
        .isEqualTo(
            """
            Apply Config files=engine.yml reason=Creating rule=KeepConfig\
            """);
  }
}
