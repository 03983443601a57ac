package dev.flotilla.operator.bench;

import static dev.flotilla.operator.bench.Bench.SEARCH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.crds.condition.ConditionType;
import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.request.Ending;
import dev.flotilla.operator.core.status.StatusReport.Truth;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.ClusterSpec;
import dev.flotilla.operator.core.view.EngineReport;
import dev.flotilla.topology.lifecycle.Stage;
import dev.flotilla.topology.model.MemberName;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Members are restarted for a change, or because somebody asked for it, on a whole operator.
class RollsTest extends DrainScene {

  private static final ClusterSpec CHANGED = Specs.withSetting(Specs.of(5), "search.size", "9");

  /// Rounds until nothing happens any more, in each of which at most one member does not serve, and
  /// data is whole whenever a further one goes.
  private void untilRolled() {
    var last = new ArrayList<>(List.of(""));
    until(
        "rolled",
        () -> {
          var away = bench.cluster.pods(SEARCH).stream().filter(pod -> !pod.ready()).toList();
          assertThat(bench.cluster.pods(SEARCH).size() - away.size())
              .isGreaterThanOrEqualTo(bench.cluster.claims(SEARCH).size() - 1);
          var now = bench.picture();
          boolean same = now.equals(last.getFirst());
          last.set(0, now);
          return same && away.isEmpty() && isUpToDate();
        });
  }

  private boolean isUpToDate() {
    return bench.status().condition(ConditionType.UP_TO_DATE).truth() == Truth.TRUE
        && bench.status().condition(ConditionType.SETTLED).truth() == Truth.TRUE;
  }

  private List<MemberName> restarted() {
    return running.said.steps().stream()
        .filter(Step.RestartPod.class::isInstance)
        .map(step -> ((Step.RestartPod) step).member())
        .distinct()
        .toList();
  }

  private List<String> revisions() {
    return bench.cluster.pods(SEARCH).stream()
        .map(pod -> pod.draft().template().revision())
        .distinct()
        .toList();
  }

  @Test
  void aChangeReachesEveryMemberOneByOneZoneByZone() {
    settle(5, 1);
    database().returnAfter(3);
    var pods = uids("Pod");
    var claims = uids("Claim");

    bench.apply(CHANGED);
    untilRolled();
    until("copies are back", () -> database().health() == EngineReport.Health.GREEN);

    assertThat(uids("Claim")).isEqualTo(claims);
    assertThat(uids("Pod").keySet()).isEqualTo(pods.keySet());
    assertThat(uids("Pod").values()).doesNotContainAnyElementsOf(pods.values());
    assertThat(revisions()).hasSize(1);
    assertThat(restarted().stream().map(name -> bench.podOf(name).orElseThrow()))
        .extracting(pod -> pod.draft().member().zone().name())
        .containsExactly("a", "a", "b", "b", "c");
    assertWhole();
  }

  /// Its new pod is ready, and not all of its copies are back.
  @Test
  void theNextOneGoesOnlyWhenAllCopiesAreBack() {
    settle(5, 1);
    database().returnAfter(6);

    bench.apply(CHANGED);
    until(
        "the first is back",
        () ->
            restarted().size() == 1
                && revisions().size() == 2
                && bench.cluster.pods(SEARCH).stream().allMatch(Thing.Pod::ready));

    assertThat(database().health()).isEqualTo(EngineReport.Health.YELLOW);
    rounds(2);
    assertThat(restarted()).hasSize(1);
    untilRolled();
    assertThat(restarted()).hasSize(5);
  }

  @Test
  @Tag("R44")
  void aChangeThatIsNoGoodStopsAtOneAndTheNextOneRecoversIt() {
    settle(5, 1);
    var before = uids("Pod");
    bench.cluster.loseImage("registry.example/engine:typo");

    bench.apply(Specs.withImage(Specs.of(5), "registry.example/engine:typo"));
    rounds(60);

    assertThat(restarted()).hasSize(1);
    assertThat(bench.status().condition(ConditionType.STALLED).reason())
        .isEqualTo(Reason.IMAGE_UNAVAILABLE);
    assertThat(before.values().stream().filter(uids("Pod").values()::contains)).hasSize(4);

    bench.apply(Specs.of(5));
    untilRolled();

    assertThat(before.values().stream().filter(uids("Pod").values()::contains))
        .as("nobody else was touched")
        .hasSize(4);
    assertWhole();
  }

  @Test
  @Tag("R44")
  void afterAChangeThatIsNoGoodAnotherChangeReachesEverybody() {
    settle(5, 1);
    bench.cluster.loseImage("registry.example/engine:typo");
    bench.apply(Specs.withImage(Specs.of(5), "registry.example/engine:typo"));
    rounds(30);

    bench.apply(CHANGED);
    untilRolled();

    assertThat(revisions()).hasSize(1);
    assertWhole();
  }

  /// Five members shall be three, with other settings: the two go as they are.
  @Test
  @Tag("R15")
  void inOneEditWhoeverGoesIsDrainedAndNeverMadeAnew() {
    settle(5, 1);
    var before = new TreeMap<>(uids("Pod"));

    bench.apply(Specs.withSetting(Specs.of(3), "search.size", "9"));
    until(
        "both have gone",
        () -> {
          assertThat(restarted()).isEmpty();
          assertThat(before).containsAllEntriesOf(uids("Pod"));
          round();
          return in(Stage.REMOVED).size() == 2;
        });
    untilQuiet();

    assertThat(restarted()).hasSize(3).doesNotContainAnyElementsOf(in(Stage.REMOVED));
    assertThat(bench.podNames()).hasSize(3);
    assertThat(revisions()).hasSize(1);
    assertWhole();
  }

  @Test
  void everyMemberIsRestartedBecauseSomebodyAskedForIt() {
    settle(5, 1);
    var pods = uids("Pod");

    bench.askToRestart("all");
    untilRolled();
    untilQuiet();

    assertThat(uids("Pod").values()).doesNotContainAnyElementsOf(pods.values());
    assertThat(restarted()).hasSize(5);
    assertThat(bench.told("all").ending()).contains(Ending.RESTARTED);
    assertThat(bench.told("all").members()).hasSize(5);
    assertWhole();
  }

  @Test
  void whoeverIsNamedIsRestartedAndNobodyElse() {
    settle(5, 1);
    var name = bench.pod("b").draft().member().name();

    bench.askToRestart("one", name.value());
    untilQuiet();

    assertThat(restarted()).containsExactly(name);
    assertThat(bench.told("one").ending()).contains(Ending.RESTARTED);
    assertWhole();
  }

  @Test
  void cancelledInTheMiddleNobodyElseIsRestarted() {
    settle(5, 1);
    bench.askToRestart("all");
    until("two were restarted", () -> restarted().size() == 2);

    bench.cancel("all");
    untilQuiet();

    assertThat(restarted()).hasSize(2);
    assertThat(bench.told("all").ending()).contains(Ending.CANCELLED);
    assertThat(bench.told("all").message()).contains("2 of 5 members were restarted");
    assertWhole();
  }

  @Test
  void aMemberThatDoesNotExistIsRefusedByName() {
    settle(3, 1);

    bench.askToRestart("wrong", "nobody-known");
    untilQuiet();

    assertThat(bench.told("wrong").ending()).contains(Ending.FAILED);
    assertThat(bench.told("wrong").message()).contains("spec.members[0] is nobody-known");
    assertThat(restarted()).isEmpty();
  }
}
