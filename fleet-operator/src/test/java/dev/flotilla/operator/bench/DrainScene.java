package dev.flotilla.operator.bench;

import static dev.flotilla.operator.bench.Bench.SEARCH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.operator.core.view.EngineReport;
import dev.flotilla.topology.lifecycle.Stage;
import dev.flotilla.topology.model.MemberName;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A database that holds data, an operator with a store that outlives it, and the time that goes on
/// between its passes: what tests of drains begin with.
abstract class DrainScene {

  private static final int MAX_ROUNDS = 400;

  final Bench bench = new Bench();
  final SharedStore store = new SharedStore(bench.time);
  Bench.Running running = bench.candidate(store, bench.time::nanos);

  /// Members with an index of three shards, each with its copies.
  void settle(int members, int replicas) {
    running.lead();
    bench.apply(Specs.of(members));
    bench.rest(running);
    database().store("orders", 3, replicas);
    bench.rest(running);
  }

  FakeDatabase database() {
    return bench.engine.database(SEARCH);
  }

  void round() {
    running.pass(SEARCH);
    bench.turn();
    running.watch.deliver();
  }

  void rounds(int count) {
    IntStream.range(0, count).forEach(n -> round());
  }

  void until(String what, BooleanSupplier wanted) {
    for (int n = 0; n < MAX_ROUNDS; n++) {
      if (wanted.getAsBoolean()) {
        return;
      }
      round();
    }
    throw new AssertionError("not within time: " + what + "\n" + bench.picture());
  }

  /// Ten rounds in which nothing but time goes on.
  void untilQuiet() {
    long[] last = {-1, 0};
    until(
        "rest",
        () -> {
          last[1] = bench.cluster.revision() == last[0] ? last[1] + 1 : 0;
          last[0] = bench.cluster.revision();
          return last[1] == 10;
        });
  }

  Set<MemberName> in(Stage stage) {
    return store.drains(SEARCH).entrySet().stream()
        .filter(drain -> drain.getValue() == stage)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  void untilMarked() {
    until("marked", () -> !database().listed().isEmpty());
  }

  SortedMap<String, String> uids(String kind) {
    var found = new TreeMap<String, String>();
    for (var thing : bench.cluster.all(Thing.class)) {
      if (thing.key().startsWith(kind + " ")) {
        found.put(thing.key(), bench.cluster.get(thing.key()).orElseThrow().uid());
      }
    }
    return found;
  }

  void assertWhole() {
    assertThat(database().health()).isEqualTo(EngineReport.Health.GREEN);
    assertThat(database().listed()).as("marks").isEmpty();
    assertThat(running.said.faults()).isEmpty();
    Rig.assertOneOfEach(bench);
  }
}
