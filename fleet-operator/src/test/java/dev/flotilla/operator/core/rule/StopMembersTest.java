package dev.flotilla.operator.core.rule;

import static dev.flotilla.operator.core.Drawing.plan;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A cluster that is deleted stops its pods and keeps everything else.
class StopMembersTest {

  private static final String NOBODY_CONFIRMED =
      """
      pool data wants 3
      a: a1
      b: b1
      c: c1
      deleting unconfirmed
      """;

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

  @Test
  @Tag("D3")
  void whatNobodyConfirmedStopsNothing() {
    assertThat(plan(NOBODY_CONFIRMED)).isEqualTo("hold reason=DeletionUnconfirmed by=StopMembers");
    assertThat(plan(NOBODY_CONFIRMED + "tenant unread"))
        .isEqualTo("hold reason=DeletionUnconfirmed by=StopMembers");
    assertThat(plan(NOBODY_CONFIRMED + "tenant gone\nengine silent"))
        .as("the volumes remember")
        .isEqualTo("hold reason=DeletionUnconfirmed by=StopMembers");
  }

  @Test
  @Tag("D3")
  void whatHoldsNothingNeedsNoConfirmation() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1[pending, unstamped]
                b: b1[pending, unstamped]
                c: c1[pending, unstamped]
                tenant unformed
                engine silent
                deleting unconfirmed
                """))
        .contains("DeletePod member=a1");
  }
}
