package dev.flotilla.operator.bench;

import static dev.flotilla.operator.bench.Bench.SEARCH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.crds.condition.ConditionType;
import dev.flotilla.operator.core.object.KeptObject;
import dev.flotilla.operator.core.status.StatusReport.Truth;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.EngineReport;
import dev.flotilla.topology.lifecycle.Deadline;
import dev.flotilla.topology.lifecycle.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A client goes wherever the list of endpoints says, and hears of each change of it some seconds
/// late. Whatever is done on purpose to members, it is never refused.
@Tag("BK8-2")
class FollowedEndpointsTest extends DrainScene {

  /// As late as somebody may hear of it who is told in time.
  private static final Duration LATE = Duration.ofSeconds(4);

  private static final int LIVES = 12;

  private final TreeMap<Instant, List<KeptObject.Endpoint>> heard = new TreeMap<>();
  private int asked;

  @Override
  void round() {
    running.pass(SEARCH);
    ask();
    bench.turn();
    ask();
    running.watch.deliver();
  }

  private List<KeptObject.Endpoint> listed() {
    return bench.cluster.all(Thing.Kept.class).stream()
        .map(Thing.Kept::object)
        .filter(KeptObject.Endpoints.class::isInstance)
        .flatMap(it -> ((KeptObject.Endpoints) it).endpoints().stream())
        .toList();
  }

  /// One request to everybody who is said to be ready.
  private void ask() {
    var now = bench.time.instant();
    heard.put(now, listed());
    var known = heard.floorEntry(now.minus(LATE));
    if (known == null) {
      return;
    }
    heard.headMap(known.getKey()).clear();
    var ready = known.getValue().stream().filter(KeptObject.Endpoint::ready).toList();
    assertThat(ready).as("somebody to go to").isNotEmpty();
    for (var endpoint : ready) {
      asked++;
      assertThat(bench.cluster.pods(SEARCH))
          .as("%s at %s answers at %s", endpoint.member(), endpoint.ip(), now)
          .anyMatch(pod ->
              pod.ip().filter(endpoint.ip()::equals).isPresent()
                  && pod.ready()
                  && !pod.terminating());
    }
  }

  private long restarted() {
    return running.said.steps().stream().filter(Step.RestartPod.class::isInstance).count();
  }

  /// Drains that end, drains that are taken back, restarts and new members, in turn.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void nobodyIsRefused(long seed) {
    var random = new Random(seed);
    settle(8, 1);
    database().returnAfter(2);
    for (int n = 0; n < LIVES; n++) {
      int gone = in(Stage.REMOVED).size();
      bench.apply(Specs.of(6));
      if (random.nextInt(4) == 0) {
        untilMarked();
        rounds(random.nextInt(3));
      } else {
        until("two have gone", () -> in(Stage.REMOVED).size() == gone + 2);
      }
      bench.apply(
          random.nextInt(3) == 0
              ? Specs.withSetting(Specs.of(8), "search.size", "" + n)
              : Specs.of(8));
      until("eight serve", this::isSettled);
    }

    assertThat(in(Stage.REMOVED).size()).as("removals").isGreaterThanOrEqualTo(LIVES);
    assertThat(restarted()).as("restarts").isPositive();
    assertThat(asked).isGreaterThan(1000);
    until("copies are back", () -> database().health() == EngineReport.Health.GREEN);
    assertWhole();
  }

  private boolean isSettled() {
    return bench.podNames().size() == 8
        && bench.status().condition(ConditionType.SETTLED).truth() == Truth.TRUE
        && bench.status().condition(ConditionType.UP_TO_DATE).truth() == Truth.TRUE
        && listed().stream().filter(KeptObject.Endpoint::ready).count() == 8;
  }

  /// A drain that a person takes back: its member is out for that time, and then in again.
  @Test
  void whoeverIsKeptIsInAgain() {
    settle(5, 1);
    var name = bench.pod("a").draft().member().name();
    database().freeze(true);
    bench.ask("one", Deadline.OnTimeout.HOLD, name.value());
    untilMarked();
    rounds(2);

    assertThat(listed())
        .filteredOn(endpoint -> endpoint.leaving().isPresent())
        .allMatch(KeptObject.Endpoint::serving)
        .extracting(KeptObject.Endpoint::member)
        .containsExactly(name);

    bench.cancel("one");
    untilQuiet();
    assertThat(listed()).hasSize(5).allMatch(KeptObject.Endpoint::ready);
  }

  /// Without an operator the list stays as it was, also for who comes after it.
  @Test
  void whoeverTakesOverEndsWhatWasBegun() {
    settle(5, 1);
    var pods = uids("Pod");
    bench.askToRestart("all");
    until(
        "one is being left",
        () -> listed().stream().anyMatch(endpoint -> endpoint.leaving().isPresent()));
    running.close();
    bench.time.advance(Duration.ofSeconds(20));
    ask();
    running = bench.candidate(store, bench.time::nanos).lead();
    untilQuiet();

    assertThat(uids("Pod").values()).doesNotContainAnyElementsOf(pods.values());
    assertThat(listed()).hasSize(5).allMatch(KeptObject.Endpoint::ready);
  }
}
