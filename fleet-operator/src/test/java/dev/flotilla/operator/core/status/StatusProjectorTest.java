package dev.flotilla.operator.core.status;

import static dev.flotilla.operator.core.Drawing.situation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.crds.condition.ConditionType;
import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.plan.Planner;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What people are told of a situation.
class StatusProjectorTest {

  private static final String WELL = "pool data wants 3\na: a1\nb: b1\nc: c1\n";

  @Test
  void everythingIsAsWanted() {
    assertThat(conditions(WELL))
        .isEqualTo(
            """
            Accepted=TRUE AsWanted
            Available=TRUE AsWanted
            Ready=TRUE AsWanted
            Settled=TRUE AsWanted
            ZonesSatisfied=TRUE AsWanted
            StorageReady=TRUE AsWanted
            UpToDate=TRUE AsWanted
            StoreReachable=TRUE AsWanted
            Progressing=FALSE AsWanted
            Stalled=FALSE AsWanted
            DeletionBlocked=FALSE AsWanted\
            """);
  }

  @Test
  @Tag("UX-22")
  void allConditionsAreThereFromTheFirstPassOn() {
    var newborn = "pool data wants 3 absent\ntenant gone\nengine silent\nbare";

    assertThat(report(newborn).conditions().stream().map(StatusReport.Condition::type))
        .containsExactly(ConditionType.values());
    assertThat(conditions(newborn)).contains("Settled=FALSE", "Ready=FALSE", "Available=FALSE");
  }

  @Test
  @Tag("UX-22")
  void allConditionsAreThereForASpecificationThatIsRefused() {
    var report = StatusReport.blind(2, Reason.SPEC_REJECTED, "spec.pools is empty", "search");

    assertThat(report.conditions().stream().map(StatusReport.Condition::type))
        .containsExactly(ConditionType.values());
    assertThat(report.condition(ConditionType.AVAILABLE).truth())
        .isEqualTo(StatusReport.Truth.UNKNOWN);
    assertThat(report.condition(ConditionType.ACCEPTED).truth())
        .isEqualTo(StatusReport.Truth.FALSE);
  }

  @Test
  @Tag("UX-22")
  void whatWasNotReadIsUnknownAndNotFalse() {
    assertThat(conditions(WELL + "engine silent"))
        .contains("Available=UNKNOWN EngineUnreadable", "Ready=UNKNOWN EngineUnreadable");
    assertThat(conditions(WELL)).contains("Available=TRUE", "Ready=TRUE");
  }

  @ParameterizedTest
  @Tag("UX-22")
  @ValueSource(
      strings = {
        "pool data wants 4\na: a1\nb: b1\nc: c1",
        "pool data wants 3\na: a1\nb: b1[no pod]\nc: c1",
        "pool data wants 3\na: a1\nb: b1[starting]\nc: c1",
        "pool data wants 3\na: a1\nb: b1[old]\nc: c1",
        "pool data wants 3\na: a1\nb: b1\nc: c1\nengine silent",
        "pool data wants 3\na: a1\nb: b1\nc: c1\nengine red",
        "pool data wants 3\na: a1\nb: b1\nc: c1\nbare",
        "pool data wants 3\na: a1\nb: b1[no pod]\nc: c1\nstale",
        "pool data wants 3\na: a1[no certificate]\nb: b1\nc: c1"
      })
  void nothingIsSettledWhileSomethingRunsOrPends(String text) {
    assertThat(conditions(text)).contains("Settled=FALSE");
  }

  @Test
  void aSilentNodesMemberIsLostAndAPersonIsAsked() {
    var report = report(WELL + "node nb silent");

    assertThat(conditions(WELL + "node nb silent"))
        .contains(
            "Stalled=TRUE NodeUnknown", "Ready=FALSE NodeUnknown", "Settled=FALSE NodeUnknown");
    assertThat(report.members().stream().map(member -> member.zone() + "=" + member.state()))
        .containsExactlyInAnyOrder("a=ACTIVE", "b=LOST", "c=ACTIVE");
  }

  @Test
  void redMeansNotAvailableAndYellowDoesNot() {
    assertThat(conditions(WELL + "engine red")).contains("Available=FALSE PrimaryMissing");
    assertThat(conditions(WELL + "engine yellow")).contains("Available=TRUE CopiesMissing");
  }

  @Test
  void aBlindZoneIsNamed() {
    assertThat(conditions(WELL + "node nc cordoned"))
        .contains("ZonesSatisfied=FALSE ZonesInsufficient");
  }

  @Test
  void olderMembersAreNotUpToDate() {
    assertThat(conditions("pool data wants 3\na: a1[old]\nb: b1\nc: c1"))
        .contains("UpToDate=FALSE Restarting");
  }

  @Test
  void zonesAreCountedInTheOrderOfTheSpecification() {
    var report = report("pool data wants 5\na: a1 a2\nb: b1\nc: c1 c2[no pod]");

    assertThat(report.pools().getFirst().zones()).isEqualTo("a2 b1 c2");
    assertThat(report.zones().stream().map(zone -> zone.zone() + zone.ready()))
        .containsExactly("a2", "b1", "c1");
    assertThat(report.instances()).isEqualTo(5);
    assertThat(report.readyInstances()).isEqualTo(4);
  }

  @Test
  void phasesInTheirOrder() {
    var newborn = "pool data wants 3 absent\ntenant gone\nengine silent\nbare";
    var forming =
        "pool data wants 3\na: a1[starting, unstamped]\nb: b1[starting, unstamped]\n"
            + "c: c1[starting, unstamped]\ntenant unformed\nengine silent";

    assertThat(
            Stream.of(
                    newborn,
                    newborn + "\nnode nc gone",
                    forming,
                    WELL,
                    "pool data wants 4\na: a1\nb: b1\nc: c1",
                    "pool data wants 3\na: a1\nb: b1[no pod]\nc: c1",
                    WELL + "deleting")
                .map(text -> report(text).phase()))
        .containsExactly(
            "Pending", "Blocked", "Initializing", "Ready", "Progressing", "Degraded", "Deleting");
  }

  @Test
  void deletionThatHangsOnASilentNodeSaysSo() {
    assertThat(
            conditions(
                "pool data wants 3\na: a1\nb: b1[terminating]\nc: c1\ndeleting\nnode nb silent"))
        .contains("DeletionBlocked=TRUE NodeUnknown");
  }

  @Test
  void theSameSituationGivesTheSameReport() {
    assertThat(report(WELL)).isEqualTo(report(WELL));
  }

  private static StatusReport report(String text) {
    var view = situation(text);
    return StatusProjector.project(view, Planner.plan(view), List.of());
  }

  private static String conditions(String text) {
    return report(text).conditions().stream()
        .map(it -> "%s=%s %s".formatted(it.type().id(), it.truth(), it.reason().id()))
        .collect(Collectors.joining("\n"));
  }
}
