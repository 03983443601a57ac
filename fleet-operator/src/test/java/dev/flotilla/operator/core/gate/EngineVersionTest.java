package dev.flotilla.operator.core.gate;

import static dev.flotilla.operator.core.Drawing.plan;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// No member is added to an engine of another version.
class EngineVersionTest {

  @Test
  void growthWaits() {
    assertThat(
            plan(
                """
                pool data wants 4
                a: a1
                b: b1
                c: c1
                version 9.9.9
                """))
        .isEqualTo(
            """
            hold reason=EngineVersionMismatch by=EngineVersion
            hold reason=EngineVersionMismatch by=ReportVersion\
            """);
  }

  @Test
  void withTheRightVersionItGrows() {
    assertThat(
            plan(
                """
                pool data wants 4
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
  void healingDoesNotWait() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1
                b: b1[no pod]
                c: c1
                version 9.9.9
                """))
        .isEqualTo(
            """
            CreatePod member=b1 zone=b reason=Healing rule=KeepBodies
            hold reason=EngineVersionMismatch by=ReportVersion\
            """);
  }
}
