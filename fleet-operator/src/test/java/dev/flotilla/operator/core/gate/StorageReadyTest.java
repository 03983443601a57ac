package dev.flotilla.operator.core.gate;

import static dev.flotilla.operator.core.Drawing.plan;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Members are made only on storage that makes volumes where their pods run.
class StorageReadyTest {

  @Test
  void growthWaitsForAMissingClass() {
    assertThat(
            plan(
                """
                pool data wants 4
                a: a1
                b: b1
                c: c1
                class gone
                """))
        .isEqualTo(
            """
            hold reason=StorageClassMissing by=StorageReady\
            """);
  }

  @Tag("R28")
  @Test
  void aClassThatBindsEarlyIsNotUsed() {
    assertThat(
            plan(
                """
                pool data wants 4
                a: a1
                b: b1
                c: c1
                class binds early
                """))
        .isEqualTo(
            """
            hold reason=StorageBlocked by=StorageReady\
            """);
  }

  @Test
  void aClassThatDoesNotServeAZoneIsNotUsed() {
    assertThat(
            plan(
                """
                pool data wants 4
                a: a1
                b: b1
                c: c1
                class serves a b
                """))
        .isEqualTo(
            """
            hold reason=StorageBlocked by=StorageReady\
            """);
  }

  @Test
  void growthGoesOnWithAClassThatFits() {
    assertThat(
            plan(
                """
                pool data wants 4
                a: a1
                b: b1
                c: c1
                """))
        .isEqualTo(
            """
            Commit members=data/a#2:ALLOCATED reason=Creating rule=AllocateMembers\
            """);
  }

  @Test
  void healingNeedsNoClass() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1
                b: b1[no pod]
                c: c1
                class gone
                """))
        .isEqualTo(
            """
            CreatePod member=b1 zone=b reason=Healing rule=KeepBodies\
            """);
  }
}
