package dev.flotilla.operator.bench;

import static dev.flotilla.operator.bench.Bench.SEARCH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.flotilla.operator.bench.Fault.Fate;
import dev.flotilla.operator.core.request.Ending;
import dev.flotilla.topology.codec.Decoded;
import dev.flotilla.topology.codec.DrainRecordCodec;
import dev.flotilla.topology.lifecycle.Deadline.OnTimeout;
import dev.flotilla.topology.lifecycle.DrainRecord;
import dev.flotilla.topology.lifecycle.Stage;
import dev.flotilla.topology.model.MemberName;
import dev.flotilla.topology.store.Entry;
import dev.flotilla.topology.store.Key;
import dev.flotilla.topology.store.StoreReading;
import dev.flotilla.topology.store.TopologyStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/// A request is withdrawn at each point of its way, in each manner, and by whichever operator acts
/// then: the one that began it, or one that took over where the other ended at a write.
///
/// Up to the point of no return everything is as it was before the request, within 30 s; from there
/// on the member goes, and the answer says so.
class RequestKillsTest {

  private static final Duration TAKE_OVER = Duration.ofSeconds(20);

  /// Passes and turns of two seconds that fit into thirty.
  private static final int ROUNDS = 15;

  /// @param act what the person or the clock does
  /// @param ending how the request ends if it was not too late; empty if nobody is left to be told
  private record Withdrawal(String name, Consumer<Bench> act, Optional<Ending> ending) {}

  private static final List<Withdrawal> WITHDRAWALS =
      List.of(
          new Withdrawal("cancelled", it -> it.cancel("go"), Optional.of(Ending.CANCELLED)),
          new Withdrawal(
              "deleted",
              it -> it.cluster.remove(Thing.Operation.key(SEARCH, "go")),
              Optional.empty()),
          new Withdrawal(
              "out of time",
              it -> it.time.advance(Duration.ofHours(3)),
              Optional.of(Ending.TIMED_OUT)));

  /// Five members, one of the two in zone b asked to go.
  private static Bench bench() {
    var bench = new Bench();
    bench.apply(Specs.of(5));
    bench.rest(bench.start());
    bench.engine.database(SEARCH).store("orders", 3, 1);
    bench.resume();
    return bench;
  }

  private static String ask(Bench bench) {
    var member = bench.pod("b").draft().member().name().value();
    bench.ask("go", OnTimeout.CANCEL, member);
    return member;
  }

  @Tag("DR-2")
  @Tag("R66")
  @TestFactory
  Stream<DynamicTest> withdrawnAfterEachPass() {
    var bench = bench();
    ask(bench);
    var running = alive().start(bench, new SharedStore(bench.time));
    int passes = 0;
    while (passes < 40 && bench.cluster.deleted().getOrDefault("Pod", 0) == 0) {
      running.pass(SEARCH);
      bench.turn();
      passes++;
    }
    assertThat(passes).as("passes until the member has gone").isBetween(4, 39);
    return IntStream.rangeClosed(0, passes)
        .boxed()
        .flatMap(n ->
            WITHDRAWALS.stream()
                .map(how ->
                    DynamicTest.dynamicTest(
                        "%s after pass %d".formatted(how.name(), n), () -> withdraw(how, n))));
  }

  private static void withdraw(Withdrawal how, int passes) {
    var bench = bench();
    var before = picture(bench);
    var member = ask(bench);
    var store = new SharedStore(bench.time);
    var running = alive().start(bench, store);
    for (int i = 0; i < passes; i++) {
      running.pass(SEARCH);
      bench.turn();
    }

    how.act().accept(bench);

    assertEnd(bench, running, how, member, new Before(before, isTooLate(written(bench, store))));
  }

  @Tag("R66")
  @TestFactory
  Stream<DynamicTest> withdrawnWhileNobodyActs() {
    var bench = bench();
    ask(bench);
    var life = alive();
    bench.rest(life.start(bench, new SharedStore(bench.time)));
    return IntStream.rangeClosed(2, life.writes().size())
        .boxed()
        .flatMap(n ->
            Stream.of(Fate.DIES_BEFORE, Fate.DIES_AFTER)
                .flatMap(fate ->
                    WITHDRAWALS.stream()
                        .flatMap(how ->
                            Stream.of(true, false)
                                .map(sameStore ->
                                    DynamicTest.dynamicTest(
                                        "%s, %s write %d, %s"
                                            .formatted(
                                                how.name(),
                                                fate,
                                                n,
                                                sameStore ? "same store" : "empty store"),
                                        () -> die(how, new Mortality(n, fate), sameStore))))));
  }

  private static void die(Withdrawal how, Mortality life, boolean sameStore) {
    var bench = bench();
    var before = picture(bench);
    var member = ask(bench);
    var store = new SharedStore(bench.time);
    var first = life.start(bench, store);
    assertThat(catchThrowable(() -> bench.rest(first))).isInstanceOf(Fault.Death.class);
    first.die();
    bench.time.advance(TAKE_OVER);
    if (!sameStore) {
      bench.resume();
    }

    how.act().accept(bench);

    var known = sameStore ? store : new SharedStore(bench.time);
    boolean tooLate = isTooLate(written(bench, known));
    assertEnd(bench, alive().start(bench, known), how, member, new Before(before, tooLate));
  }

  /// How it was when the request was withdrawn.
  ///
  /// @param picture before the request was made
  /// @param tooLate whether the member was given up already, as far as anybody can still know
  private record Before(String picture, boolean tooLate) {}

  /// What the store and the volumes say of drains.
  private static Stream<String> written(Bench bench, TopologyStore store) {
    try {
      var stored =
          store.read(Key.of(SEARCH)) instanceof StoreReading.Known(var contents)
              ? contents.entries().values().stream().map(Entry::value)
              : Stream.<String>of();
      var noted = bench.cluster.claims(SEARCH).stream().flatMap(claim -> claim.note().stream());
      return Stream.concat(stored, noted);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean isTooLate(Stream<String> records) {
    return records
        .map(DrainRecordCodec::decode)
        .anyMatch(decoded ->
            decoded instanceof Decoded.Valid<DrainRecord>(var drain)
                && (drain.stage() == Stage.REMOVING || drain.stage() == Stage.REMOVED));
  }

  private static void assertEnd(
      Bench bench, Bench.Running running, Withdrawal how, String member, Before before) {
    for (int i = 0; i < ROUNDS; i++) {
      running.pass(SEARCH);
      bench.turn();
      running.watch.deliver();
    }
    assertThat(bench.podOf(new MemberName(member)).isPresent())
        .as("kept, unless it was too late")
        .isEqualTo(!before.tooLate());
    if (!before.tooLate()) {
      assertThat(picture(bench)).isEqualTo(before.picture());
    } else if (how.ending().isPresent()) {
      assertThat(bench.told("go").message()).contains("data-" + member);
    }
    how.ending()
        .ifPresent(ending ->
            assertThat(bench.told("go").ending())
                .contains(before.tooLate() ? Ending.DRAINED : ending));
    bench.rest(running);
    assertThat(bench.podNames()).hasSize(5);
    assertThat(bench.engine.database(SEARCH).listed()).as("marks").isEmpty();
    Rig.assertOneOfEach(bench);
  }

  /// What exists, but for the request itself.
  private static String picture(Bench bench) {
    return bench
        .picture()
        .lines()
        .filter(line -> !line.startsWith("Operation "))
        .reduce("", (one, two) -> one + "\n" + two);
  }

  private static Mortality alive() {
    return new Mortality(0, Fate.CARRIED_OUT);
  }
}
