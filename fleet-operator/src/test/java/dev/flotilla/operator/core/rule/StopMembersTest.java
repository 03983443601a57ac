package dev.flotilla.operator.core.rule;

import static dev.flotilla.operator.core.Drawing.plan;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// A cluster that is deleted stops its pods and keeps everything else.
class StopMembersTest {

  @Test
  void podsGo() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1
                b: b1
                c: c1
                deleting
                """))
        .isEqualTo(
            """
            DeletePod member=a1 reason=Deleting rule=StopMembers
            DeletePod member=b1 reason=Deleting rule=StopMembers
            DeletePod member=c1 reason=Deleting rule=StopMembers\
            """);
  }

  @Test
  void thoseThatGoAlreadyAreLeftAlone() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1[terminating]
                b: b1
                c: c1
                deleting
                """))
        .isEqualTo(
            """
            DeletePod member=b1 reason=Deleting rule=StopMembers
            DeletePod member=c1 reason=Deleting rule=StopMembers\
            """);
  }

  @Test
  void onASickWatchNothingGoes() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1
                b: b1
                c: c1
                deleting
                stale
                """))
        .isEqualTo(
            """
            hold reason=StaleView member=a1 by=FreshView\
            """);
  }
}
