package dev.flotilla.operator.bench;

import static dev.flotilla.operator.bench.Bench.SEARCH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.crds.condition.ConditionType;
import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.status.StatusReport.Truth;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.ClusterSpec;
import dev.flotilla.topology.lifecycle.Deadline.OnTimeout;
import dev.flotilla.topology.lifecycle.Stage;
import dev.flotilla.topology.model.MemberName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Settings and counts change, members are asked to go or to be restarted, pods are lost and
/// operators with old views come and go, all at once.
class RandomRollsTest extends DrainScene {

  private static final int TURNS = 150;

  private final List<Bench.Running> operators = new ArrayList<>();
  private int restarts;
  private int removals;
  private int asked;

  /// Whoever's pod is ended for good is recorded as given up, and holds nothing; whoever's pod is
  /// only made anew is not leaving.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  @Tag("R68")
  void nobodyWithDataGoesWithoutARecord(long seed) {
    settle(6, 1);
    database().returnAfter(2);
    var random = new Random(seed);
    operators.add(running);
    operators.add(bench.candidate(store, bench.time::nanos).lead());
    operators.forEach(operator -> operator.watch.lag());
    ClusterSpec wanted = Specs.of(6);
    for (int n = 0; n < TURNS; n++) {
      wanted = disturb(random, wanted);
      for (int i = 0; i < 3; i++) {
        pass(operators.get(random.nextInt(operators.size())));
        if (random.nextBoolean()) {
          bench.turn();
        }
      }
    }
    operators.forEach(operator -> operator.watch.deliver());
    until("settled", this::isSettled);

    assertThat(restarts).as("restarts").isPositive();
    assertThat(removals).as("removals").isPositive();
    assertThat(bench.podNames()).hasSize(wanted.pools().getFirst().instances().orElseThrow());
    assertThat(bench.cluster.pods(SEARCH))
        .extracting(pod -> pod.draft().template().revision())
        .containsOnly(bench.cluster.pods(SEARCH).getFirst().draft().template().revision());
    until("whole", () -> database().copies().stream().allMatch(copy -> copy.at().isPresent()));
    assertWhole();
  }

  private ClusterSpec disturb(Random random, ClusterSpec wanted) {
    var members = wanted.pools().getFirst().instances().orElseThrow();
    var next = wanted;
    switch (random.nextInt(14)) {
      case 0 -> next = Specs.withSetting(Specs.of(members), "size", "" + random.nextInt(3));
      case 1 ->
          next = Specs.withSetting(Specs.of(3 + random.nextInt(6)), "size", "" + random.nextInt(3));
      case 2 -> anyPod(random).ifPresent(it -> bench.ask("d" + ++asked, OnTimeout.CANCEL, it));
      case 3 -> bench.askToRestart("r" + ++asked);
      case 4 -> anyPod(random).ifPresent(it -> bench.askToRestart("r" + ++asked, it));
      case 5 -> {
        for (var name : List.of("d" + asked, "r" + asked)) {
          if (bench.cluster.get(Thing.Operation.key(SEARCH, name)).isPresent()) {
            bench.cancel(name);
          }
        }
      }
      case 6 ->
          anyPod(random)
              .ifPresent(it -> bench.cluster.remove(Thing.Pod.key(SEARCH, new MemberName(it))));
      case 7 -> {
        operators.removeFirst().close();
        var fresh = bench.candidate(store, bench.time::nanos).lead();
        fresh.watch.lag();
        operators.add(fresh);
      }
      case 8, 9, 10 -> operators.get(random.nextInt(operators.size())).watch.deliver();
      default -> bench.turn();
    }
    if (next != wanted) {
      bench.apply(next);
    }
    return next;
  }

  private Optional<String> anyPod(Random random) {
    var pods = bench.podNames();
    return pods.isEmpty() ? Optional.empty() : Optional.of(pods.get(random.nextInt(pods.size())));
  }

  /// One pass, after which everything that it ended is looked at.
  private void pass(Bench.Running operator) {
    int before = operator.said.steps().size();
    operator.pass(SEARCH);
    var steps = operator.said.steps();
    for (Step step : steps.subList(before, steps.size())) {
      switch (step) {
        case Step.DeletePod delete when delete.reason() == Reason.DRAINING -> {
          assertThat(Set.of(Stage.REMOVING, Stage.REMOVED))
              .contains(store.drains(SEARCH).get(delete.member()));
          assertThat(database().count(delete.member().value())).isZero();
          removals++;
        }
        case Step.RestartPod restart -> {
          assertThat(in(Stage.REMOVING)).doesNotContain(restart.member());
          assertThat(in(Stage.DRAINING)).doesNotContain(restart.member());
          restarts++;
        }
        default -> {}
      }
    }
  }

  private boolean isSettled() {
    operators.forEach(operator -> {
      pass(operator);
      operator.watch.deliver();
    });
    return bench.status().condition(ConditionType.SETTLED).truth() == Truth.TRUE
        && in(Stage.DRAINING).isEmpty();
  }
}
