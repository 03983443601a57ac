package dev.flotilla.operator.core.rule;

import static dev.flotilla.operator.core.Drawing.plan;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What running members do not follow is said.
class ReportPendingChangesTest {

  @Test
  void olderSettings() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1[old]
                b: b1[old]
                c: c1
                """))
        .isEqualTo(
            """
            hold reason=ChangeHeld by=ReportPendingChanges\
            """);
  }

  @Test
  void anotherVersion() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1
                b: b1
                c: c1
                version 9.9.9
                """))
        .isEqualTo(
            """
            hold reason=EngineVersionMismatch by=ReportPendingChanges\
            """);
  }
}
