package dev.flotilla.operator.core.rule;

import static dev.flotilla.operator.core.Drawing.plan;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Every member has a certificate that lasts.
class KeepCertificatesTest {

  @Test
  void oneThatIsMissingIsIssued() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1[no certificate]
                b: b1
                c: c1
                """))
        .isEqualTo(
            """
            IssueCertificate member=a1 zone=a reason=Creating rule=KeepCertificates\
            """);
  }

  @Test
  void oneThatEndsSoonIsReplaced() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1[certificate ends]
                b: b1
                c: c1
                """))
        .isEqualTo(
            """
            IssueCertificate member=a1 zone=a reason=Creating rule=KeepCertificates\
            """);
  }
}
