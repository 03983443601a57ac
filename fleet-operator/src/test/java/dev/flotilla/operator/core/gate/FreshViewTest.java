package dev.flotilla.operator.core.gate;

import static dev.flotilla.operator.core.Drawing.plan;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Nothing makes or ends a body on a view that may be old.
class FreshViewTest {

  @Tag("D9")
  @Test
  void aLostPodWaitsForHealthyWatches() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1
                b: b1[no pod]
                c: c1
                stale
                """))
        .isEqualTo(
            """
            hold reason=StaleView member=b1 by=FreshView\
            """);
  }

  @Test
  void soDoesAnEndedOne() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1
                b: b1[over]
                c: c1
                stale
                """))
        .isEqualTo(
            """
            hold reason=StaleView member=b1 by=FreshView\
            """);
  }

  @Test
  void soDoesGrowth() {
    assertThat(
            plan(
                """
                pool data wants 4
                a: a1
                b: b1
                c: c1
                stale
                """))
        .isEqualTo(
            """
            hold reason=StaleView by=FreshView\
            """);
  }

  @Test
  void withHealthyWatchesItHeals() {
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
