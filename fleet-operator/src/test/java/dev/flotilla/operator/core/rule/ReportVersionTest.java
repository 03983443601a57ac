package dev.flotilla.operator.core.rule;

import static dev.flotilla.operator.core.Drawing.plan;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// A member that runs another version than the specification is named.
class ReportVersionTest {

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
            hold reason=EngineVersionMismatch by=ReportVersion\
            """);
  }
}
