package dev.flotilla.operator.core.address;

import static dev.flotilla.operator.core.Drawing.plan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.Drawing;
import dev.flotilla.operator.core.object.KeptObject;
import dev.flotilla.operator.core.plan.Plan;
import dev.flotilla.operator.core.plan.Planner;
import dev.flotilla.operator.core.step.Step;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  private static final String SIX =
      """
      pool data wants 6
      a: a1 a2
      b: b1 b2
      c: c1 c2
      """;

  /// As long as data moves off it, whoever still comes is answered.
  @Test
  @Tag("BK8-2")
  void whoDrainsIsOut() {
    var now = SIX.replace("c2", "c2[drains, asked, noted, marked]");

    assertThat(plan(SIX, now + "asked c2\nempties")).contains("Apply Endpoints ready=5 of=6");
    assertThat(endpoint("c2", SIX, now + "asked c2\nempties"))
        .matches(it -> it.serving() && it.leaving().equals(Optional.of(Drawing.NOW)));
  }

  @Test
  @Tag("BK8-2")
  void whoIsKeptAfterAllIsIn() {
    assertThat(
            plan(
                SIX.replace("c2", "c2[drains, noted, marked]"),
                SIX.replace("c2", "c2[cancelling, noted, marked]") + "empties"))
        .contains("Apply Endpoints ready=6 of=6");
  }

  @Test
  @Tag("BK8-2")
  void whoIsRestartedNextIsOutFirst() {
    assertThat(plan(SIX, SIX.replace("b1", "b1[old]").replace("c1", "c1[old]")))
        .isEqualTo(
            """
            Apply Endpoints ready=5 of=6 reason=Joining rule=PublishEndpoints
            hold reason=Restarting by=RollMembers
            hold reason=Restarting member=b1 by=ClientsElsewhere\
            """);
  }

  /// Held for hours, it serves meanwhile; also if its clients were told to leave already.
  @ParameterizedTest
  @ValueSource(strings = {"engine yellow", "stale", "node nb cordoned", "fleet unknown"})
  @Tag("BK8-2")
  void whoIsNotRestartedNowIsIn(String held) {
    var now = SIX.replace("b1", "b1[old]") + held;

    assertThat(plan(SIX, now)).doesNotContain("Apply Endpoints", "RestartPod");
    assertThat(plan(SIX.replace("b1", "b1[old]"), now))
        .contains("Apply Endpoints ready=6 of=6")
        .doesNotContain("RestartPod");
  }

  @Test
  void whoWaitsForOtherDatabasesIsIn() {
    assertThat(plan(SIX, SIX.replace("b1", "b1[old]") + "fleet 30 disrupted 20 in b"))
        .contains("hold reason=WaitsForOthers member=b1 by=FleetBudget")
        .doesNotContain("Apply Endpoints");
  }

  @Test
  void whoIsReadyAndNotInYetIsOut() {
    assertThat(plan(SIX, SIX.replace("b1", "b1[not joined]")))
        .contains("Apply Endpoints ready=5 of=6");
  }

  /// What it said last counts; of a new body it has said nothing.
  @Test
  void whatTheEngineDoesNotSayStaysAsItWas() {
    assertThat(plan(SIX, SIX + "engine silent")).doesNotContain("Apply Endpoints");
    assertThat(plan(SIX.replace("b1", "b1[no pod]"), SIX + "engine silent"))
        .contains("Apply Endpoints ready=5 of=6");
  }

  /// Nobody would be reachable only because the operator cannot see.
  @Test
  void ifNobodyWouldBeLeftPodsCount() {
    assertThat(plan(SIX + "bare\nengine silent")).contains("Apply Endpoints ready=6 of=6");
  }

  private static KeptObject.Endpoint endpoint(String alias, String before, String now) {
    return Planner.plan(Drawing.situation(before, now)).steps().stream()
        .map(Plan.Planned::step)
        .flatMap(step ->
            step instanceof Step.Apply(KeptObject.Endpoints said, Reason reason)
                ? said.endpoints().stream()
                : Stream.empty())
        .filter(it -> it.member().equals(Drawing.member(alias)))
        .findFirst()
        .orElseThrow();
  }
}
