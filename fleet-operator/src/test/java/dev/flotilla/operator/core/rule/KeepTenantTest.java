package dev.flotilla.operator.core.rule;

import static dev.flotilla.operator.core.Drawing.plan;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A tenant gets its Secret once.
class KeepTenantTest {

  @Test
  void aNewOneIsFounded() {
    assertThat(
            plan(
                """
                pool data wants 3 absent
                tenant gone
                engine silent
                bare
                """))
        .isEqualTo(
            """
            FoundTenant reason=Creating rule=KeepTenant
            Apply Pool pool=data instances=3 reason=Creating rule=KeepPools
            Apply Config files=engine.yml reason=Creating rule=KeepConfig
            Apply Seeds addresses=0 reason=Joining rule=PublishSeeds\
            """);
  }

  @Tag("D11")
  @Test
  void oneWithVolumesIsNot() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1
                b: b1
                c: c1
                tenant gone
                """))
        .isEqualTo(
            """
            hold reason=SecretMissing by=KeepTenant\
            """);
  }

  @Tag("D9")
  @Test
  void noneIsFoundedWhileItIsUnread() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1
                b: b1
                c: c1
                tenant unread
                """))
        .isEqualTo(
            """
            hold reason=NotObserved by=KeepTenant\
            """);
  }
}
