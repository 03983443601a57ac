package dev.flotilla.operator.core.rule;

import static dev.flotilla.operator.core.Drawing.plan;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Volumes grow to what the pool wants, in whatever state their members are.
class GrowVolumesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "starting",
        "over",
        "terminating",
        "unschedulable",
        "no room",
        "no image",
        "crashing",
        "old"
      })
  @Tag("R31")
  void inEachStateOfThePod(String state) {
    assertThat(growth("volume small, " + state))
        .containsExactly("GrowVolume member=b1 zone=b size=10Gi reason=Creating rule=GrowVolumes");
  }

  @Test
  @Tag("R31")
  void withoutAPodAndBeforeOneIsMade() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1
                b: b1[volume small, no pod]
                c: c1
                """))
        .contains(
            """
            GrowVolume member=b1 zone=b size=10Gi reason=Creating rule=GrowVolumes
            CreatePod member=b1 zone=b reason=Healing rule=KeepBodies\
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "volume small, volume pending",
        "volume small, volume lost",
        "volume small, volume terminating",
        "volume small, volume copied",
        "volume small, volume damaged",
        "ready"
      })
  void notWhatCannotOrNeedNotGrow(String state) {
    assertThat(growth(state)).isEmpty();
  }

  @Test
  @Tag("R31")
  void aClassThatDoesNotGrowIsNamedOnce() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1[volume small]
                b: b1[volume small]
                c: c1
                class does not grow
                """))
        .isEqualTo(
            """
            hold reason=StorageBlocked by=GrowVolumes\
            """);
  }

  @Test
  @Tag("R31")
  void untilItsFileSystemHasGrownTheVolumeIsWaitedFor() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1
                b: b1[volume growing]
                c: c1
                """))
        .isEqualTo(
            """
            hold reason=VolumeGrowing member=b1 by=GrowVolumes\
            """);
  }

  private static List<String> growth(String state) {
    return plan("""
    pool data wants 3
    a: a1
    b: b1[%s]
    c: c1
    """
            .formatted(state))
        .lines()
        .filter(line -> line.contains("rule=GrowVolumes"))
        .toList();
  }
}
