package dev.flotilla.operator.core.gate;

import static dev.flotilla.operator.core.Drawing.plan;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A pod is started only on a volume that is surely its own and where it can run.
class VolumePinTest {

  @Tag("R33")
  @Test
  void notOnOneThatIsBeingDeleted() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1[no pod, volume terminating]
                b: b1
                c: c1
                """))
        .isEqualTo(
            """
            hold reason=VolumeTerminating member=a1 by=VolumePin\
            """);
  }

  @Test
  void notOnALostOne() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1[no pod, volume lost]
                b: b1
                c: c1
                """))
        .isEqualTo(
            """
            hold reason=VolumeLost member=a1 by=VolumePin\
            """);
  }

  @Tag("R30")
  @Test
  void notOnACopy() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1[no pod, volume copied]
                b: b1
                c: c1
                """))
        .isEqualTo(
            """
            hold reason=VolumeSuspect member=a1 by=VolumePin\
            """);
  }

  @Test
  void notOnOneWhoseRecordIsDamaged() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1[no pod, volume damaged]
                b: b1
                c: c1
                """))
        .isEqualTo(
            """
            hold reason=VolumeSuspect member=a1 by=VolumePin\
            """);
  }

  @Tag("R28")
  @Test
  void notInAnotherZone() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1[no pod, volume in b]
                b: b1
                c: c1
                """))
        .isEqualTo(
            """
            hold reason=StorageBlocked member=a1 by=VolumePin\
            """);
  }

  @Test
  void onItsOwnInItsZone() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1[no pod]
                b: b1
                c: c1
                """))
        .isEqualTo(
            """
            CreatePod member=a1 zone=a reason=Healing rule=KeepBodies\
            """);
  }
}
