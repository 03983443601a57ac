package dev.flotilla.operator.bench;

import static dev.flotilla.operator.bench.Bench.SEARCH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.request.Ending;
import dev.flotilla.operator.core.request.Fate;
import dev.flotilla.operator.core.status.OperationReport.Phase;
import dev.flotilla.operator.core.view.EngineReport;
import dev.flotilla.operator.core.view.Request;
import dev.flotilla.topology.lifecycle.Deadline.OnTimeout;
import dev.flotilla.topology.lifecycle.Stage;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.MemberName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Members are replaced by a whole operator: who comes, who goes, and what is left of it.
class ReplacementsTest extends DrainScene {

  private String member(String zone) {
    return bench.pod(zone).draft().member().name().value();
  }

  private void ask(OnTimeout then, String... members) {
    bench.ask(Request.Kind.REPLACE, "renew", then, members);
  }

  private List<String> zones() {
    return bench.podNames().stream()
        .map(name -> name.replaceAll("search-data-([abc])-.*", "$1"))
        .sorted()
        .toList();
  }

  private List<String> newcomers(List<String> before) {
    return bench.podNames().stream().filter(name -> !before.contains(name)).toList();
  }

  @Test
  void aNewMemberComesFirstAndTheNamedOneGoesAndNoOther() {
    settle(6, 1);
    var before = bench.podNames();
    var named = member("b");
    var phases = new ArrayList<Phase>();

    ask(OnTimeout.HOLD, named);
    until(
        "the old one has gone",
        () -> {
          var ready = bench.cluster.pods(SEARCH).stream().filter(Thing.Pod::ready).count();
          assertThat(ready).as("members that serve").isGreaterThanOrEqualTo(6);
          boolean isMarked = !database().listed().isEmpty();
          assertThat(isMarked && newcomers(before).isEmpty()).as("drained too early").isFalse();
          bench
              .toldOf("renew")
              .map(it -> it.phase())
              .filter(it -> !phases.contains(it))
              .ifPresent(phases::add);
          return bench.podOf(new MemberName(named)).isEmpty();
        });
    bench.rest(running);

    var kept = before.stream().filter(name -> !name.equals(named)).toList();
    assertThat(bench.podNames()).hasSize(6).containsAll(kept).doesNotContain(named);
    assertThat(zones()).containsExactly("a", "a", "b", "b", "c", "c");
    assertThat(phases).containsSubsequence(Phase.PREPARING, Phase.DRAINING);
    assertThat(bench.told("renew"))
        .satisfies(told -> {
          assertThat(told.ending()).contains(Ending.REPLACED);
          assertThat(told.message())
              .contains("data-" + named, "In their places: " + newcomers(before).getFirst());
        });
    assertThat(bench.cluster.claims(SEARCH)).as("its volume is kept").hasSize(7);
    assertWhole();
  }

  @Test
  void severalGoOneAfterTheOther() {
    settle(6, 1);
    var before = bench.podNames();
    var named = List.of(member("b"), member("a"));
    var most = new HashSet<Integer>();

    ask(OnTimeout.HOLD, named.getFirst(), named.getLast());
    until(
        "both have gone",
        () -> {
          most.add(bench.podNames().size());
          return bench.podNames().stream().noneMatch(named::contains);
        });
    bench.rest(running);

    assertThat(most).as("never two too many").isSubsetOf(6, 7).contains(7);
    assertThat(bench.podNames()).hasSize(6).doesNotContainAnyElementsOf(named);
    assertThat(zones()).containsExactly("a", "a", "b", "b", "c", "c");
    assertThat(newcomers(before)).hasSize(2);
    assertThat(bench.told("renew").ending()).contains(Ending.REPLACED);
    assertWhole();
  }

  /// Zones a1 b2 c1 with three copies: the engine wants one in each zone, so the member of zone a
  /// cannot be emptied, for ever.
  private String lonely() {
    settle(5, 2);
    var gone = member("a");
    bench.ask("before", OnTimeout.HOLD, gone);
    bench.apply(Specs.of(4));
    bench.rest(running);
    assertThat(zones()).containsExactly("a", "b", "b", "c");
    return member("a");
  }

  @Tag("UX-6")
  @Test
  void whereADrainNeverEndsTheNewMemberEndsIt() {
    var lonely = lonely();
    bench.ask("go", OnTimeout.HOLD, lonely);
    bench.rest(running);

    assertThat(bench.told("go").reason()).isEqualTo(Reason.DRAIN_BLOCKED);
    assertThat(bench.told("go").message())
        .contains("awareness says \"there are [3] copies of this shard and [3] values");
    assertThat(database().listed()).as("nothing was touched").isEmpty();

    ask(OnTimeout.HOLD, lonely);
    bench.rest(running);

    assertThat(bench.podNames()).hasSize(4).doesNotContain(lonely);
    assertThat(zones()).containsExactly("a", "b", "b", "c");
    assertThat(bench.told("renew").ending()).contains(Ending.REPLACED);
    assertThat(bench.told("go").ending()).contains(Ending.DRAINED);
    assertWhole();
  }

  @Test
  void whoNeverComesHoldsTheOldOneUntilItIsTakenBack() {
    settle(6, 1);
    var before = bench.podNames();
    bench.cluster.loseImage(Specs.IMAGE);
    ask(OnTimeout.HOLD, member("b"));
    bench.rest(running);

    assertThat(bench.podNames()).hasSize(7);
    assertThat(database().listed()).isEmpty();
    assertThat(bench.told("renew").phase()).isEqualTo(Phase.PREPARING);
    assertThat(bench.told("renew").reason()).isEqualTo(Reason.IMAGE_UNAVAILABLE);

    bench.cancel("renew");
    bench.rest(running);

    assertThat(bench.podNames()).isEqualTo(before);
    assertThat(bench.told("renew").ending()).contains(Ending.CANCELLED);
    assertThat(bench.told("renew").members().getFirst().fate()).isNotEqualTo(Fate.REMOVED);
    assertWhole();
  }

  @Test
  void takenBackInTheMiddleTheOldOneServesAndTheNewOneGoes() {
    settle(6, 1);
    var before = bench.podNames();
    ask(OnTimeout.HOLD, member("b"));
    untilMarked();

    bench.cancel("renew");
    bench.rest(running);

    assertThat(bench.podNames()).isEqualTo(before);
    assertThat(bench.told("renew").ending()).contains(Ending.CANCELLED);
    assertWhole();
  }

  @Test
  void takenBackWhileThePoolGrowsTheNewOneStays() {
    settle(6, 1);
    var before = bench.podNames();
    ask(OnTimeout.HOLD, member("b"));
    untilMarked();

    bench.apply(Specs.of(7));
    bench.cancel("renew");
    bench.rest(running);

    assertThat(bench.podNames()).hasSize(7).containsAll(before);
    assertThat(bench.told("renew").ending()).contains(Ending.CANCELLED);
    assertThat(in(Stage.REMOVED)).isEmpty();
    assertWhole();
  }

  @Test
  void outOfTimeItIsTakenBack() {
    settle(6, 1);
    var before = bench.podNames();
    database().freeze(true);
    ask(OnTimeout.CANCEL, member("b"));
    untilMarked();

    bench.time.advance(Duration.ofHours(3));
    until("taken back", () -> bench.told("renew").phase() != Phase.DRAINING);
    database().freeze(false);
    bench.rest(running);

    assertThat(bench.podNames()).isEqualTo(before);
    assertThat(bench.told("renew").ending()).contains(Ending.TIMED_OUT);
    assertWhole();
  }

  @Test
  void aSecondTryGetsANewMemberOfItsOwn() {
    settle(6, 1);
    var named = member("b");
    ask(OnTimeout.HOLD, named);
    untilMarked();
    bench.cancel("renew");
    bench.ask(Request.Kind.REPLACE, "again", OnTimeout.HOLD, named);
    bench.rest(running);

    assertThat(bench.podNames()).hasSize(6).doesNotContain(named);
    assertThat(bench.told("again").ending()).contains(Ending.REPLACED);
    assertThat(bench.told("renew").ending()).isPresent();
    assertWhole();
  }

  /// Nothing is touched, and the answer names the field and what to do.
  @ParameterizedTest
  @ValueSource(strings = {"not there", "of another tenant", "gone", "never joined", "one of two"})
  void whatCannotBeDoneIsAnsweredAndNothingIsTouched(String what) {
    settle(6, 1);
    var name = bad(what);
    bench.rest(running);
    var pods = bench.podNames();
    var volumes = uids("Claim");
    int writes = database().writes();

    if (what.equals("one of two")) {
      ask(OnTimeout.HOLD, member("a"), name);
    } else {
      ask(OnTimeout.HOLD, name);
    }
    bench.rest(running);

    assertThat(bench.told("renew"))
        .satisfies(told -> {
          assertThat(told.ending()).contains(Ending.FAILED);
          assertThat(told.reason()).isEqualTo(Reason.OPERATION_REJECTED);
          assertThat(told.message())
              .contains("spec.members[%d]".formatted(what.equals("one of two") ? 1 : 0), name)
              .matches(".*(Name one|delete the operation|Wait until).*");
        });
    assertThat(bench.podNames()).isEqualTo(pods);
    assertThat(uids("Claim")).isEqualTo(volumes);
    assertThat(database().writes()).isEqualTo(writes);
  }

  private String bad(String what) {
    return switch (what) {
      case "of another tenant" -> {
        var mail = new ClusterRef("crm", "mail");
        bench.apply(mail, Specs.of(3));
        for (int i = 0; i < 10; i++) {
          running.pass(mail);
          bench.turn();
        }
        yield bench.cluster.pods(mail).getFirst().draft().member().name().value();
      }
      case "gone" -> {
        var gone = member("b");
        bench.ask("before", OnTimeout.HOLD, gone);
        bench.rest(running);
        yield gone;
      }
      case "never joined" -> {
        var before = bench.podNames();
        bench.cluster.loseImage(Specs.IMAGE);
        bench.apply(Specs.of(7));
        bench.rest(running);
        yield newcomers(before).getFirst();
      }
      default -> "search-data-b-nobody";
    };
  }

  /// What an operator that died on the way has begun is known from the store, and without it from
  /// volumes.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whoTakesOverKnowsWhoWasMadeForWhom(boolean sameStore) {
    settle(6, 1);
    var named = member("b");
    var before = Set.copyOf(bench.podNames());
    ask(OnTimeout.HOLD, named);
    untilMarked();
    running.die();
    bench.time.advance(Duration.ofSeconds(20));
    if (!sameStore) {
      bench.resume();
    }

    var next = sameStore ? store : new SharedStore(bench.time);
    running = bench.candidate(next, bench.time::nanos).lead();
    bench.cancel("renew");
    bench.rest(running);

    assertThat(Set.copyOf(bench.podNames())).isEqualTo(before);
    assertThat(bench.told("renew").ending()).contains(Ending.CANCELLED);
    assertThat(database().health()).isEqualTo(EngineReport.Health.GREEN);
    assertThat(database().listed()).isEmpty();
  }
}
