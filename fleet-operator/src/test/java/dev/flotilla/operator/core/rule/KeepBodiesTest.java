package dev.flotilla.operator.core.rule;

import static dev.flotilla.operator.core.Drawing.plan;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every member has its pod.
class KeepBodiesTest {

  @Test
  void aLostPodIsMadeAgain() {
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

  @Test
  void anEvictedOneIsClearedAway() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1
                b: b1[over]
                c: c1
                """))
        .isEqualTo(
            """
            DeletePod member=b1 reason=Healing rule=KeepBodies\
            """);
  }

  @Test
  void aPodThatFindsNoNodeIsReportedAndLeftAlone() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1
                b: b1[unschedulable]
                c: c1
                """))
        .isEqualTo(
            """
            hold reason=PodUnschedulable member=b1 by=KeepBodies\
            """);
  }

  @Test
  void aPodForWhichThereIsNoRoomIsReportedAndLeftAlone() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1
                b: b1[no room]
                c: c1
                """))
        .isEqualTo(
            """
            hold reason=CapacityBlocked member=b1 by=KeepBodies\
            """);
  }

  /// Its volume is on the disk of a node that is gone, so no other node can ever take it.
  @Test
  void aMemberWhoseNodeTookItsVolumeAlongIsNotReplaced() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1
                b: b1[unschedulable, volume pinned]
                c: c1
                node nb gone
                """))
        .isEqualTo(
            """
            hold reason=ReplacementHeld member=b1 by=KeepBodies\
            """);
  }

  @Test
  void aPinnedVolumeWaitsForItsNodeAsLongAsTheNodeIsThere() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1
                b: b1[unschedulable, volume pinned]
                c: c1
                node nb cordoned
                """))
        .isEqualTo(
            """
            hold reason=PodUnschedulable member=b1 by=KeepBodies\
            """);
  }

  @Test
  void aPodWithoutImageIsReportedAndLeftAlone() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1
                b: b1[no image]
                c: c1
                """))
        .isEqualTo(
            """
            hold reason=ImageUnavailable member=b1 by=KeepBodies\
            """);
  }

  /// The specification was corrected after the pod was made. Nothing runs in it, so nobody loses
  /// anything with it.
  @ParameterizedTest
  @ValueSource(strings = {"no image", "no room", "unschedulable", "crashing"})
  void aPodThatCannotStartGivesWayToOneWithTheCorrectedSettings(String trouble) {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1
                b: b1[%s, old]
                c: c1
                """
                    .formatted(trouble)))
        .isEqualTo(
            """
            DeletePod member=b1 reason=Creating rule=KeepBodies\
            """);
  }

  /// Another container of it has trouble.
  @Test
  void aPodWhoseEngineRunsIsNotEndedForAChangeAtOnce() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1
                b: b1[crashing, running, old]
                c: c1
                """))
        .isEqualTo(
            """
            RestartPod member=b1 reason=Restarting rule=RollMembers
            hold reason=PodFailed member=b1 by=KeepBodies
            hold reason=Restarting by=RollMembers\
            """);
  }

  @Test
  void aCrashingPodIsReportedAndLeftAlone() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1
                b: b1[crashing]
                c: c1
                """))
        .isEqualTo(
            """
            hold reason=PodFailed member=b1 by=KeepBodies\
            """);
  }
}
