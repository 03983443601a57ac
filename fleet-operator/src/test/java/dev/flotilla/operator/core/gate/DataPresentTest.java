package dev.flotilla.operator.core.gate;

import static dev.flotilla.operator.core.Drawing.plan;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A database that was formed once is never begun anew in place of lost volumes.
class DataPresentTest {

  @Tag("D11")
  @Test
  void withoutAnyVolumeNothingIsMade() {
    assertThat(
            plan(
                """
                pool data wants 3
                a:
                b:
                c:
                engine silent
                """))
        .isEqualTo(
            """
            hold reason=DataMissing by=DataPresent\
            """);
  }

  @Test
  void oneVolumeIsEnoughToGoOn() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1[no pod]
                b:
                c:
                engine silent
                """))
        .isEqualTo(
            """
            CreatePod member=a1 zone=a reason=Healing rule=KeepBodies
            Commit members=data/b#1:ALLOCATED,data/c#1:ALLOCATED reason=Creating rule=AllocateMembers\
            """);
  }

  @Test
  void aDatabaseThatWasNeverFormedBegins() {
    assertThat(
            plan(
                """
                pool data wants 3
                a:
                b:
                c:
                engine silent
                tenant unformed
                """))
        .isEqualTo(
            """
            Commit members=data/a#1:ALLOCATED,data/b#1:ALLOCATED,data/c#1:ALLOCATED reason=Creating rule=AllocateMembers\
            """);
  }
}
