package dev.flotilla.operator.core.rule;

import static dev.flotilla.operator.core.Drawing.plan;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// A zone that is not wanted any more keeps its members.
class ReportRemovedZonesTest {

  @Test
  void itsMembersAreNamedAndLeftAlone() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1
                b: b1
                d: d1
                node nd
                """))
        .isEqualTo(
            """
            hold reason=ZoneRemovalHeld by=ReportRemovedZones\
            """);
  }

  @Test
  void itsMembersAreHealed() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1
                b: b1
                d: d1[no pod]
                node nd
                """))
        .isEqualTo(
            """
            CreatePod member=d1 zone=d reason=Healing rule=KeepBodies
            hold reason=ZoneRemovalHeld by=ReportRemovedZones\
            """);
  }
}
