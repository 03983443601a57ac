package dev.flotilla.operator.core.gate;

import static dev.flotilla.operator.core.Drawing.plan;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Every founder is told of all founders.
class FoundersCompleteTest {

  @Tag("D11")
  @Test
  void theFirstPodWaitsForTheOthersToBeRecorded() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1[no pod, volume pending]
                b:
                c:
                engine silent
                tenant unformed
                """))
        .isEqualTo(
            """
            Commit members=data/b#1:ALLOCATED,data/c#1:ALLOCATED reason=Creating rule=AllocateMembers
            hold reason=Creating member=a1 by=FoundersComplete\
            """);
  }

  @Test
  void theFirstPodWaitsForTheVolumesOfTheOthers() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1[no pod, volume pending]
                b: b1[new]
                c: c1[no pod, volume pending]
                engine silent
                tenant unformed
                """))
        .isEqualTo(
            """
            IssueCertificate member=b1 zone=b reason=Creating rule=KeepCertificates
            CreateVolume member=b1 zone=b size=10Gi class=zonal reason=Creating rule=KeepVolumes
            hold reason=Creating member=a1 by=FoundersComplete\
            """);
  }

  @Test
  void thenAllStart() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1[no pod, volume pending]
                b: b1[no pod, volume pending]
                c: c1[no pod, volume pending]
                engine silent
                tenant unformed
                """))
        .isEqualTo(
            """
            CreatePod member=a1 zone=a reason=Creating rule=KeepBodies
            CreatePod member=b1 zone=b reason=Creating rule=KeepBodies
            CreatePod member=c1 zone=c reason=Creating rule=KeepBodies\
            """);
  }

  @Test
  void aVolumeThatWasBoundHasHadAPod() {
    assertThat(
            plan(
                """
                pool data wants 4
                a: a1[no pod, unstamped]
                b: b1[no pod, volume pending]
                c: c1[no pod, volume pending]
                engine silent
                tenant unformed
                """))
        .isEqualTo(
            """
            CreatePod member=a1 zone=a reason=Creating rule=KeepBodies
            CreatePod member=b1 zone=b reason=Creating rule=KeepBodies
            CreatePod member=c1 zone=c reason=Creating rule=KeepBodies
            Commit members=data/a#2:ALLOCATED reason=Creating rule=AllocateMembers\
            """);
  }
}
