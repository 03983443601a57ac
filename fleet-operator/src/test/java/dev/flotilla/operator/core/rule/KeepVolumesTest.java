package dev.flotilla.operator.core.rule;

import static dev.flotilla.operator.core.Drawing.plan;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A member gets one volume in its life.
class KeepVolumesTest {

  @Test
  void newMembersGetTheirsInTheOrderOfTheirSlots() {
    assertThat(
            plan(
                """
                pool data wants 6
                a: a1 a2[new]
                b: b1 b2[new]
                c: c1 c2[new]
                """))
        .isEqualTo(
            """
            IssueCertificate member=a2 zone=a reason=Creating rule=KeepCertificates
            IssueCertificate member=b2 zone=b reason=Creating rule=KeepCertificates
            IssueCertificate member=c2 zone=c reason=Creating rule=KeepCertificates
            CreateVolume member=a2 zone=a size=10Gi class=zonal reason=Creating rule=KeepVolumes
            CreateVolume member=b2 zone=b size=10Gi class=zonal reason=Creating rule=KeepVolumes
            CreateVolume member=c2 zone=c size=10Gi class=zonal reason=Creating rule=KeepVolumes\
            """);
  }

  @Test
  void aLostOneIsNotMadeAgain() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1[no pod, no volume]
                b: b1
                c: c1
                """))
        .isEqualTo(
            """
            hold reason=VolumeLost member=a1 by=KeepVolumes\
            """);
  }

  @Test
  void oneThatWasSeenIsRemembered() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1[allocated]
                b: b1
                c: c1
                """))
        .isEqualTo(
            """
            Commit members=data/a#1:PROVISIONED reason=Creating rule=RecordProvisioned\
            """);
  }

  @Tag("R30")
  @Test
  void strayOnesAreNamed() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1
                b: b1
                c: c1
                stray restored-copy
                """))
        .isEqualTo(
            """
            hold reason=VolumeSuspect by=ReportStrayVolumes\
            """);
  }
}
