package dev.flotilla.operator.core.gate;

import static dev.flotilla.operator.core.Drawing.plan;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Members need the identity and the log-ins of their tenant.
class TenantKnownTest {

  @Tag("D9")
  @Test
  void aLostPodWaitsWhileTheSecretIsUnread() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1
                b: b1[no pod]
                c: c1
                tenant unread
                """))
        .isEqualTo(
            """
            hold reason=NotObserved by=KeepTenant\
            """);
  }

  @Test
  void aLostPodWaitsWhileTheSecretIsGone() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1
                b: b1[no pod]
                c: c1
                tenant gone
                """))
        .isEqualTo(
            """
            hold reason=SecretMissing by=KeepTenant
            hold reason=SecretMissing member=b1 by=TenantKnown\
            """);
  }

  @Test
  void withTheSecretItHeals() {
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
