package dev.flotilla.operator.core.rule;

import static dev.flotilla.operator.core.Drawing.plan;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Addresses follow the pods.
class PublishTest {

  @Test
  void anUnreadyMemberGetsNoClients() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1
                b: b1
                c: c1
                """,
                """
                pool data wants 3
                a: a1
                b: b1[starting]
                c: c1
                """))
        .isEqualTo(
            """
            NudgePod member=b1 reason=Joining rule=NudgeJoining
            Apply Endpoints ready=2 of=3 reason=Joining rule=PublishEndpoints\
            """);
  }

  @Test
  void aLostPodsAddressIsTakenBack() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1
                b: b1
                c: c1
                """,
                """
                pool data wants 3
                a: a1
                b: b1[no pod]
                c: c1
                """))
        .isEqualTo(
            """
            Apply Seeds addresses=2 reason=Joining rule=PublishSeeds
            CreatePod member=b1 zone=b reason=Healing rule=KeepBodies
            Apply Endpoints ready=2 of=2 reason=Joining rule=PublishEndpoints\
            """);
  }

  @Test
  void membersThatLookForOthersAreNudgedOnceTheListStands() {
    assertThat(
            plan(
                """
                pool data wants 3
                a: a1[starting]
                b: b1
                c: c1
                """))
        .isEqualTo(
            """
            NudgePod member=a1 reason=Joining rule=NudgeJoining\
            """);
  }
}
