package dev.flotilla.operator.core.rule;

import static dev.flotilla.operator.core.Drawing.plan;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// That a database was formed is remembered with its Secret and on its volumes.
class RecordFormationTest {

  @Tag("D11")
  @Test
  void onTheSecret() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1
                b: b1
                c: c1
                tenant unformed
                """))
        .isEqualTo(
            """
            RecordFormation engine=engine-1 reason=Creating rule=RecordFormation\
            """);
  }

  @Test
  void onTheVolumeOfAMemberThatJoined() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1[unstamped]
                b: b1[unstamped, starting]
                c: c1
                """))
        .isEqualTo(
            """
            NudgePod member=b1 reason=Joining rule=NudgeJoining
            StampVolume member=a1 zone=a reason=Creating rule=RecordFormation\
            """);
  }

  @Test
  void anotherEngineIsNotBelieved() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1
                b: b1
                c: c1
                engine is another
                """))
        .isEqualTo(
            """
            hold reason=TenantMismatch by=RecordFormation\
            """);
  }

  @Test
  void aSilentEngineSaysNothing() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1[unstamped]
                b: b1
                c: c1
                engine silent
                """))
        .isEmpty();
  }
}
