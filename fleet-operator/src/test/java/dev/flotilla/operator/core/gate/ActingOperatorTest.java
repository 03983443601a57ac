package dev.flotilla.operator.core.gate;

import static dev.flotilla.operator.core.Drawing.plan;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Only the operator that acts plans anything.
class ActingOperatorTest {

  @Test
  void anOperatorThatDoesNotActPlansNothing() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1
                b: b1[no pod]
                c: c1
                passive
                bare
                """))
        .isEqualTo(
            """
            hold reason=NotActing by=ActingOperator\
            """);
  }

  @Test
  void theSameForTheOneThatActs() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1
                b: b1[no pod]
                c: c1
                """))
        .isEqualTo(
            """
            CreatePod member=b1 zone=b reason=Healing rule=KeepBodies\
            """);
  }
}
