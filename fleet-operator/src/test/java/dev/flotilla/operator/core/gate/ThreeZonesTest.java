package dev.flotilla.operator.core.gate;

import static dev.flotilla.operator.core.Drawing.plan;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Members are made only when every zone of the specification has a node for them.
class ThreeZonesTest {

  @Tag("AZ-1")
  @Tag("V2")
  @Test
  void aNewClusterGetsNothingAtAllWithoutItsThirdZone() {
    assertThat(
            plan(
                """
                pool data wants 3 absent
                tenant gone
                engine silent
                bare
                node nc gone
                """))
        .isEqualTo(
            """
            hold reason=ZonesInsufficient by=ThreeZones\
            """);
  }

  @Test
  void aCordonedZoneCountsAsNone() {
    assertThat(
            plan(
                """
                pool data wants 3 absent
                tenant gone
                engine silent
                bare
                node nc cordoned
                """))
        .isEqualTo(
            """
            hold reason=ZonesInsufficient by=ThreeZones\
            """);
  }

  @Test
  void withAllZonesItBegins() {
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

  @Test
  void growthWaitsForTheThirdZone() {
    assertThat(
            plan(
                """
                pool data wants 4
                a: a1
                b: b1
                c: c1
                node nc cordoned
                """))
        .isEqualTo(
            """
            hold reason=ZonesInsufficient by=ThreeZones\
            """);
  }

  @Test
  void healingDoesNot() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1
                b: b1[no pod]
                c: c1
                node nc cordoned
                """))
        .isEqualTo(
            """
            CreatePod member=b1 zone=b reason=Healing rule=KeepBodies\
            """);
  }
}
