package dev.flotilla.topology.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.Epoch;
import dev.flotilla.topology.model.Revision;
import dev.flotilla.topology.store.CommitResult.Applied;
import dev.flotilla.topology.store.CommitResult.Objection;
import dev.flotilla.topology.store.CommitResult.Rejected;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What every adapter of [TopologyStore] promises. An adapter's test extends it and says how an
/// empty store is made and how its time passes.
public abstract class TopologyStoreContract {

  private static final Key SEARCH = Key.of(new ClusterRef("shop", "search"));
  private static final Key LIKE_SEARCH = Key.of(new ClusterRef("shop", "search-2"));
  private static final Key LOGS = Key.of(new ClusterRef("shop", "logs"));
  private static final Key A = SEARCH.child("a");
  private static final Key B = SEARCH.child("b");
  private static final LeaseName SITE = LeaseName.ofSite("eu-1");

  /// Longer than a test takes on a machine that stands still for a while.
  private static final Duration LONG = Duration.ofMinutes(2);

  /// What every adapter can do, a remote one too.
  private static final Duration SHORT = Duration.ofSeconds(2);

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final AtomicInteger intents = new AtomicInteger();

  /// A store without entries, shared with nobody.
  protected abstract TopologyStore emptyStore();

  /// Lets the store's time pass.
  protected abstract void outlast(Duration time) throws InterruptedException;

  @Test
  void nothingIsKnownToBeEmpty() throws Exception {
    assertThat(contents(emptyStore(), SEARCH).entries()).isEmpty();
  }

  @Test
  void whatWasCommittedIsRead() throws Exception {
    var store = emptyStore();

    var revision = applied(store.commit(put(SEARCH, Revision.NONE, A, "1", B, "2")));

    var read = contents(store, SEARCH);
    assertThat(values(read)).containsEntry(A, "1").containsEntry(B, "2").hasSize(3);
    assertThat(read.revision(SEARCH)).isEqualTo(revision);
    assertThat(read.revision(A)).isEqualTo(revision);
    assertThat(read.at()).isGreaterThanOrEqualTo(revision);
  }

  @Test
  void aReadSeesWhatLiesUnderItsKeyAndNothingBesideIt() throws Exception {
    var store = emptyStore();
    applied(store.commit(put(SEARCH, Revision.NONE, A, "1")));
    applied(store.commit(put(LIKE_SEARCH, Revision.NONE, LIKE_SEARCH.child("a"), "1")));

    assertThat(contents(store, SEARCH).entries()).containsOnlyKeys(SEARCH, A);
    assertThat(contents(store, new Key("clusters/shop")).entries()).hasSize(4);
    assertThat(contents(store, new Key("clusters/sho")).entries()).isEmpty();
  }

  @Test
  void aTransactionChangesOnlyWhatItNames() throws Exception {
    var store = emptyStore();
    var first = applied(store.commit(put(SEARCH, Revision.NONE, A, "1", B, "1")));

    var second = applied(store.commit(put(SEARCH, first, B, "2")));

    var read = contents(store, SEARCH);
    assertThat(second).isGreaterThan(first);
    assertThat(values(read)).containsEntry(A, "1").containsEntry(B, "2");
    assertThat(read.revision(A)).isEqualTo(first);
    assertThat(read.revision(B)).isEqualTo(second);
  }

  @Test
  void whatIsDeletedIsGone() throws Exception {
    var store = emptyStore();
    var first = applied(store.commit(put(SEARCH, Revision.NONE, A, "1", B, "1")));

    applied(
        store.commit(
            transaction(
                SEARCH, first, new Change.Delete(A), new Change.Delete(SEARCH.child("c")))));

    assertThat(contents(store, SEARCH).entries()).containsOnlyKeys(SEARCH, B);
  }

  @Test
  void whatWasDecidedOnAnOlderRevisionChangesNothingAtAll() throws Exception {
    var store = emptyStore();
    var current = applied(store.commit(put(SEARCH, Revision.NONE, A, "1")));
    var before = contents(store, SEARCH);

    for (var expected : List.of(Revision.NONE, new Revision(current.value() + 7))) {
      assertThat(store.commit(put(SEARCH, expected, A, "2", B, "2")))
          .isEqualTo(new Rejected(new Objection.Outdated(SEARCH, current)));
    }

    assertThat(contents(store, SEARCH).entries()).isEqualTo(before.entries());
  }

  @Test
  void whatMustBeUnchangedIsCompared() throws Exception {
    var store = emptyStore();
    var logs = applied(store.commit(put(LOGS, Revision.NONE)));

    var late = conditional(SEARCH, Map.of(LOGS, new Revision(logs.value() + 1)));
    var absent = conditional(SEARCH, Map.of(B, logs));
    var right = conditional(SEARCH, Map.of(LOGS, logs, B, Revision.NONE));

    assertThat(store.commit(late)).isEqualTo(new Rejected(new Objection.Outdated(LOGS, logs)));
    assertThat(store.commit(absent))
        .isEqualTo(new Rejected(new Objection.Outdated(B, Revision.NONE)));
    assertThat(contents(store, SEARCH).entries()).isEmpty();
    assertThat(store.commit(right)).isInstanceOf(Applied.class);
  }

  /// An answer that was lost does not make it happen twice.
  @Test
  void theSameTransactionAgainIsAnsweredLikeTheFirstTime() throws Exception {
    var store = emptyStore();
    var transaction = put(SEARCH, Revision.NONE, A, "1");
    var first = store.commit(transaction);

    assertThat(store.commit(transaction)).isEqualTo(first);
    assertThat(contents(store, SEARCH).revision(A)).isEqualTo(applied(first));
  }

  @Test
  void aTransactionThatComesLateIsRefusedOnceAnotherOneWasApplied() throws Exception {
    var store = emptyStore();
    var late = put(SEARCH, Revision.NONE, A, "late");
    var current = applied(store.commit(put(SEARCH, Revision.NONE, A, "1")));

    assertThat(store.commit(late)).isEqualTo(new Rejected(new Objection.Outdated(SEARCH, current)));
    assertThat(values(contents(store, SEARCH))).containsEntry(A, "1");
  }

  @Test
  void clustersAreIndependentOfEachOther() throws Exception {
    var store = emptyStore();
    var search = applied(store.commit(put(SEARCH, Revision.NONE, A, "1")));

    applied(store.commit(put(LOGS, Revision.NONE, LOGS.child("a"), "1")));

    applied(store.commit(put(SEARCH, search, A, "2")));
    assertThat(values(contents(store, SEARCH))).containsEntry(A, "2");
  }

  @Test
  void ofManyDecidedOnOneRevisionExactlyOneIsApplied() throws Exception {
    var store = emptyStore();
    var base = applied(store.commit(put(SEARCH, Revision.NONE, A, "0")));

    var results = together(8, number -> store.commit(put(SEARCH, base, A, "by " + number)));

    assertThat(results).filteredOn(Applied.class::isInstance).hasSize(1);
    assertThat(results).filteredOn(Rejected.class::isInstance).hasSize(7);
  }

  /// Each of many adds one to a counter, again and again: none of the additions is lost.
  @Test
  void noChangeIsLostAmongMany() throws Exception {
    var store = emptyStore();
    int writers = 4;
    int times = 10;

    together(
        writers,
        number -> {
          for (int done = 0; done < times; ) {
            var read = contents(store, SEARCH);
            int count = read.entry(A).map(entry -> Integer.parseInt(entry.value())).orElse(0);
            var next = put(SEARCH, read.revision(SEARCH), A, Integer.toString(count + 1));
            done += store.commit(next) instanceof Applied ? 1 : 0;
          }
          return number;
        });

    assertThat(values(contents(store, SEARCH))).containsEntry(A, "" + writers * times);
  }

  @Test
  void aLeaseHasOneHolder() throws Exception {
    var store = emptyStore();

    var first = granted(store.lease(SITE, "one", LONG));

    assertThat(store.lease(SITE, "two", LONG)).isEqualTo(new LeaseResult.Held("one", first));
    assertThat(granted(store.lease(SITE, "one", LONG))).as("prolonged").isEqualTo(first);
    assertThat(granted(store.lease(LeaseName.ofSite("us-1"), "two", LONG)))
        .as("another lease")
        .isEqualTo(new Epoch(1));
  }

  @Test
  void aLeaseThatEndedGoesToTheNextWithAHigherEpoch() throws Exception {
    var store = emptyStore();
    var first = granted(store.lease(SITE, "one", SHORT));

    outlast(SHORT);

    assertThat(granted(store.lease(SITE, "two", SHORT))).isGreaterThan(first);
  }

  @Test
  void aLeaseThatIsGivenBackIsFreeAtOnce() throws Exception {
    var store = emptyStore();
    var first = granted(store.lease(SITE, "one", LONG));

    store.release(SITE, "two", first);
    store.release(SITE, "one", first.next());
    assertThat(store.lease(SITE, "two", LONG)).isInstanceOf(LeaseResult.Held.class);

    store.release(SITE, "one", first);
    assertThat(granted(store.lease(SITE, "two", LONG))).isGreaterThan(first);
  }

  @Test
  void aTransactionOfAnOlderEpochIsRefused() throws Exception {
    var store = emptyStore();
    var first = granted(store.lease(SITE, "one", LONG));
    var mine = applied(store.commit(fenced(Revision.NONE, first)));
    store.release(SITE, "one", first);
    var second = granted(store.lease(SITE, "two", LONG));

    assertThat(store.commit(fenced(mine, first)))
        .isEqualTo(new Rejected(new Objection.Overtaken(second)));
    assertThat(store.commit(fenced(mine, second.next())))
        .as("an epoch that nobody was given")
        .isEqualTo(new Rejected(new Objection.Overtaken(second)));
    assertThat(store.commit(fenced(mine, second))).isInstanceOf(Applied.class);
  }

  /// Nobody else can have acted, so what it decided on is still true.
  @Test
  void theLastHolderMayStillCommitAfterItsTime() throws Exception {
    var store = emptyStore();
    var epoch = granted(store.lease(SITE, "one", SHORT));

    outlast(SHORT);

    assertThat(store.commit(fenced(Revision.NONE, epoch))).isInstanceOf(Applied.class);
  }

  @Test
  void aWatchTellsEveryCommitInOrder() throws Exception {
    var store = emptyStore();
    var first = applied(store.commit(put(SEARCH, Revision.NONE, A, "1")));
    var heard = new Heard();

    try (var _ = store.watch(SEARCH, first, heard)) {
      var second = applied(store.commit(put(SEARCH, first, A, "2", B, "2")));
      applied(store.commit(put(LOGS, Revision.NONE, LOGS.child("a"), "1")));
      var third = applied(store.commit(transaction(SEARCH, second, new Change.Delete(A))));

      assertThat(heard.next().at()).isEqualTo(second);
      var last = heard.next();
      assertThat(last.at()).isEqualTo(third);
      assertThat(last.changes()).contains(new Change.Delete(A)).hasSize(2);
    }
  }

  @Test
  void aWatchBeginsWhereItIsToldTo() throws Exception {
    var store = emptyStore();
    var first = applied(store.commit(put(SEARCH, Revision.NONE, A, "1")));
    var second = applied(store.commit(put(SEARCH, first, A, "2")));
    var heard = new Heard();

    try (var _ = store.watch(SEARCH, first, heard)) {
      var told = heard.next();
      assertThat(told.at()).isEqualTo(second);
      assertThat(told.changes()).contains(new Change.Put(A, "2"));
    }
  }

  @Test
  void aWatchThatWasClosedTellsNothing() throws Exception {
    var store = emptyStore();
    var heard = new Heard();
    var other = new Heard();
    store.watch(SEARCH, Revision.NONE, heard).close();

    try (var _ = store.watch(SEARCH, Revision.NONE, other)) {
      applied(store.commit(put(SEARCH, Revision.NONE, A, "1")));
      other.next();
    }

    assertThat(heard.told).isEmpty();
  }

  /// What a watch told, in its order.
  private static final class Heard implements StoreWatcher {

    private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();

    record Told(Revision at, List<Change> changes) {}

    @Override
    public void changed(Revision at, List<Change> changes) {
      told.add(new Told(at, changes));
    }

    @Override
    public void ended(Ending ending, String why) {
      throw new AssertionError("ended: " + why);
    }

    Told next() throws InterruptedException {
      var next = told.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      assertThat(next).as("a commit is told within %s", PATIENCE).isNotNull();
      return next;
    }
  }

  private Transaction put(Key head, Revision expected, Object... keysAndValues) {
    var changes =
        IntStream.range(0, keysAndValues.length / 2)
            .mapToObj(
                i -> new Change.Put((Key) keysAndValues[2 * i], (String) keysAndValues[2 * i + 1]))
            .toArray(Change[]::new);
    return transaction(head, expected, changes);
  }

  private Transaction transaction(Key head, Revision expected, Change... changes) {
    return new Transaction(
        head, expected, intent(), Optional.empty(), new TreeMap<>(), List.of(changes));
  }

  private Transaction conditional(Key head, Map<Key, Revision> unchanged) {
    return new Transaction(
        head,
        Revision.NONE,
        intent(),
        Optional.empty(),
        new TreeMap<>(unchanged),
        List.of(new Change.Put(A, "1")));
  }

  private Transaction fenced(Revision expected, Epoch epoch) {
    return new Transaction(
        SEARCH,
        expected,
        intent(),
        Optional.of(new Fence(SITE, epoch)),
        new TreeMap<>(),
        List.of(new Change.Put(A, "by " + epoch)));
  }

  private IntentId intent() {
    return new IntentId("intent-" + intents.incrementAndGet());
  }

  private interface Numbered<T> {
    T by(int number) throws Exception;
  }

  /// Does something in many threads at once.
  private static <T> List<T> together(int count, Numbered<T> act) throws Exception {
    var start = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var pending =
          IntStream.range(0, count)
              .mapToObj(number ->
                  threads.submit(
                      (Callable<T>)
                          () -> {
                            start.await();
                            return act.by(number);
                          }))
              .toList();
      start.countDown();
      var results = new ArrayList<T>();
      for (var result : pending) {
        results.add(result.get());
      }
      return results;
    }
  }

  private static Contents contents(TopologyStore store, Key under) throws InterruptedException {
    return switch (store.read(under)) {
      case StoreReading.Known(var contents) -> contents;
      case StoreReading.Unknown(var why) -> throw new AssertionError("unknown: " + why);
    };
  }

  private static Map<Key, String> values(Contents contents) {
    var values = new TreeMap<Key, String>();
    contents.entries().forEach((key, entry) -> values.put(key, entry.value()));
    return values;
  }

  private static Revision applied(CommitResult result) {
    return switch (result) {
      case Applied(var revision) -> revision;
      case Rejected rejected -> throw new AssertionError("refused: " + rejected);
      case CommitResult.Unconfirmed(var why) -> throw new AssertionError("unconfirmed: " + why);
    };
  }

  private static Epoch granted(LeaseResult result) {
    return switch (result) {
      case LeaseResult.Granted(var epoch) -> epoch;
      case LeaseResult.Held held -> throw new AssertionError("held: " + held);
      case LeaseResult.Unconfirmed(var why) -> throw new AssertionError("unconfirmed: " + why);
    };
  }
}
