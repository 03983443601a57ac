package dev.flotilla.operator.shell.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.operator.core.fleet.Disruptions;
import dev.flotilla.operator.core.fleet.FleetFacts;
import dev.flotilla.operator.core.fleet.Losses;
import dev.flotilla.operator.kube.read.PolicyReader;
import dev.flotilla.topology.model.ClusterRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The account of who is stopped for good, and in which order.
@Tag("D12")
class RemovalsTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration WINDOW = PolicyReader.BUILT_IN.breaker().window();
  private static final int LIMIT = PolicyReader.BUILT_IN.breaker().clusters().number();

  private final Removals removals = new Removals();

  @Test
  void whoeverCameFirstIsAhead() {
    join("a");
    join("b");
    join("a");
    join("c");

    assertThat(ahead("a")).isZero();
    assertThat(ahead("b")).isEqualTo(1);
    assertThat(ahead("c")).isEqualTo(2);
    assertThat(ahead("stranger")).isEqualTo(3);
  }

  @Test
  void whoeverBeginsOrHasNothingToStopLeavesTheLine() {
    join("a");
    join("b");
    join("c");

    removals.begin(ref("a"), "uid-a", NOW);
    removals.leave(ref("b"));
    join("a");

    assertThat(ahead("c")).isZero();
    assertThat(removals.count(ref("a"), "uid-a", NOW.minus(WINDOW)).isOneOfThem()).isTrue();
  }

  @Test
  void aRemovalCountsUntilTheWindowIsPast() {
    removals.begin(ref("a"), "uid-a", NOW);

    assertThat(removals.count(ref("b"), "uid-b", NOW.minusMillis(1)).lately()).hasSize(1);
    assertThat(removals.count(ref("b"), "uid-b", NOW).lately()).isEmpty();
  }

  /// Applied again and deleted again it is another removal.
  @Test
  void aNamesakeCountsOnItsOwn() {
    removals.begin(ref("a"), "first", NOW);

    assertThat(removals.count(ref("a"), "second", NOW.minus(WINDOW)).isOneOfThem()).isFalse();
    removals.begin(ref("a"), "second", NOW);
    assertThat(removals.count(ref("a"), "second", NOW.minus(WINDOW)).lately()).hasSize(2);
  }

  /// Passes look and begin beside each other, in any order, over and over: what each counts for
  /// itself is enough that all of them together keep to the limit, and that the limit is used.
  @RepeatedTest(20)
  void howeverManyLookAtOnceNeverTooManyBegin() throws InterruptedException, ExecutionException {
    var begun = ConcurrentHashMap.<String>newKeySet();
    var passes = new ArrayList<Callable<Boolean>>();
    for (int again = 0; again < 3; again++) {
      IntStream.range(0, 4 * LIMIT)
          .forEach(i -> passes.add(() -> pass("db" + i) && begun.add("db" + i)));
    }
    Collections.shuffle(passes, new Random(passes.size()));

    try (var threads = Executors.newFixedThreadPool(16)) {
      for (var pass : threads.invokeAll(passes)) {
        assertThat(pass.get()).isNotNull();
      }
    }
    IntStream.range(0, 4 * LIMIT).filter(i -> pass("db" + i)).forEach(i -> begun.add("db" + i));

    assertThat(begun).hasSize(LIMIT);
  }

  /// What a pass does: it joins, looks, and begins if it may.
  private boolean pass(String name) {
    join(name);
    var count = removals.count(ref(name), "uid-" + name, NOW.minus(WINDOW));
    if (count.isOneOfThem()) {
      return false;
    }
    var lately = count.lately().stream().map(Removals.Begun::at).toList();
    var facts =
        new FleetFacts(
            PolicyReader.BUILT_IN,
            4 * LIMIT,
            lately,
            OptionalInt.of(count.ahead()),
            Disruptions.NONE,
            Losses.NONE);
    if (facts.mayBeRemoved()) {
      Thread.yield();
      removals.begin(ref(name), "uid-" + name, NOW);
    }
    return facts.mayBeRemoved();
  }

  private void join(String name) {
    removals.join(ref(name), "uid-" + name);
  }

  private int ahead(String name) {
    return removals.count(ref(name), "uid-" + name, NOW.minus(WINDOW)).ahead();
  }

  private static ClusterRef ref(String name) {
    return new ClusterRef("shop", name);
  }
}
