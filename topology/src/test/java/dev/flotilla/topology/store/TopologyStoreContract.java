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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every adapter of [TopologyStore] promises. An adapter's test extends it and says how an
/// empty store is made and how its time passes.
public abstract class TopologyStoreContract {

  /// So that tests can share a store that takes long to start.
  private static final AtomicInteger NAMESPACES = new AtomicInteger();

  private Key shop;
  private Key search;
  private Key likeSearch;
  private Key logs;
  private Key a;
  private Key b;
  private LeaseName site;

  /// Longer than a test takes on a machine that stands still for a while.
  private static final Duration LONG = Duration.ofMinutes(2);

  /// What every adapter can do, a remote one too.
  private static final Duration SHORT = Duration.ofSeconds(2);

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final AtomicInteger intents = new AtomicInteger();

  @BeforeEach
  void takeNames() {
    var namespace = "shop-%dx".formatted(NAMESPACES.incrementAndGet());
    search = Key.of(new ClusterRef(namespace, "search"));
    likeSearch = Key.of(new ClusterRef(namespace, "search-2"));
    logs = Key.of(new ClusterRef(namespace, "logs"));
    shop = new Key("clusters/" + namespace);
    a = search.child("a");
    b = search.child("b");
    site = LeaseName.ofSite(namespace);
  }

  /// A store without entries and leases of these names.
  protected abstract TopologyStore emptyStore();

  /// Lets the store's time pass.
  protected abstract void outlast(Duration time) throws InterruptedException;

  @Test
  void nothingIsKnownToBeEmpty() throws Exception {
    assertThat(contents(emptyStore(), search).entries()).isEmpty();
  }

  @Test
  void whatWasCommittedIsRead() throws Exception {
    var store = emptyStore();

    var revision = applied(store.commit(put(search, Revision.NONE, a, "1", b, "2")));

    var read = contents(store, search);
    assertThat(values(read)).containsEntry(a, "1").containsEntry(b, "2").hasSize(3);
    assertThat(read.revision(search)).isEqualTo(revision);
    assertThat(read.revision(a)).isEqualTo(revision);
    assertThat(read.at()).isGreaterThanOrEqualTo(revision);
  }

  @Test
  void aReadSeesWhatLiesUnderItsKeyAndNothingBesideIt() throws Exception {
    var store = emptyStore();
    applied(store.commit(put(search, Revision.NONE, a, "1")));
    applied(store.commit(put(likeSearch, Revision.NONE, likeSearch.child("a"), "1")));

    assertThat(contents(store, search).entries()).containsOnlyKeys(search, a);
    assertThat(contents(store, shop).entries()).hasSize(4);
    assertThat(
            contents(store, new Key(shop.path().substring(0, shop.path().length() - 1))).entries())
        .isEmpty();
  }

  @Test
  void aTransactionChangesOnlyWhatItNames() throws Exception {
    var store = emptyStore();
    var first = applied(store.commit(put(search, Revision.NONE, a, "1", b, "1")));

    var second = applied(store.commit(put(search, first, b, "2")));

    var read = contents(store, search);
    assertThat(second).isGreaterThan(first);
    assertThat(values(read)).containsEntry(a, "1").containsEntry(b, "2");
    assertThat(read.revision(a)).isEqualTo(first);
    assertThat(read.revision(b)).isEqualTo(second);
  }

  @Test
  void whatIsDeletedIsGone() throws Exception {
    var store = emptyStore();
    var first = applied(store.commit(put(search, Revision.NONE, a, "1", b, "1")));

    applied(
        store.commit(
            transaction(
                search, first, new Change.Delete(a), new Change.Delete(search.child("c")))));

    assertThat(contents(store, search).entries()).containsOnlyKeys(search, b);
  }

  @Test
  void whatWasDecidedOnAnOlderRevisionChangesNothingAtAll() throws Exception {
    var store = emptyStore();
    var current = applied(store.commit(put(search, Revision.NONE, a, "1")));
    var before = contents(store, search);

    for (var expected : List.of(Revision.NONE, new Revision(current.value() + 7))) {
      assertThat(store.commit(put(search, expected, a, "2", b, "2")))
          .isEqualTo(new Rejected(new Objection.Outdated(search, current)));
    }

    assertThat(contents(store, search).entries()).isEqualTo(before.entries());
  }

  @Test
  void whatMustBeUnchangedIsCompared() throws Exception {
    var store = emptyStore();
    var current = applied(store.commit(put(logs, Revision.NONE)));

    var late = conditional(search, Map.of(logs, new Revision(current.value() + 1)));
    var absent = conditional(search, Map.of(b, current));
    var right = conditional(search, Map.of(logs, current, b, Revision.NONE));

    assertThat(store.commit(late)).isEqualTo(new Rejected(new Objection.Outdated(logs, current)));
    assertThat(store.commit(absent))
        .isEqualTo(new Rejected(new Objection.Outdated(b, Revision.NONE)));
    assertThat(contents(store, search).entries()).isEmpty();
    assertThat(store.commit(right)).isInstanceOf(Applied.class);
  }

  /// An answer that was lost does not make it happen twice.
  @Test
  void theSameTransactionAgainIsAnsweredLikeTheFirstTime() throws Exception {
    var store = emptyStore();
    var transaction = put(search, Revision.NONE, a, "1");
    var first = store.commit(transaction);

    assertThat(store.commit(transaction)).isEqualTo(first);
    assertThat(contents(store, search).revision(a)).isEqualTo(applied(first));
  }

  @Test
  void aTransactionThatComesLateIsRefusedOnceAnotherOneWasApplied() throws Exception {
    var store = emptyStore();
    var late = put(search, Revision.NONE, a, "late");
    var current = applied(store.commit(put(search, Revision.NONE, a, "1")));

    assertThat(store.commit(late)).isEqualTo(new Rejected(new Objection.Outdated(search, current)));
    assertThat(values(contents(store, search))).containsEntry(a, "1");
  }

  @Test
  void clustersAreIndependentOfEachOther() throws Exception {
    var store = emptyStore();
    var first = applied(store.commit(put(search, Revision.NONE, a, "1")));

    applied(store.commit(put(logs, Revision.NONE, logs.child("a"), "1")));

    applied(store.commit(put(search, first, a, "2")));
    assertThat(values(contents(store, search))).containsEntry(a, "2");
  }

  @Test
  void ofManyDecidedOnOneRevisionExactlyOneIsApplied() throws Exception {
    var store = emptyStore();
    var base = applied(store.commit(put(search, Revision.NONE, a, "0")));

    var results = together(8, number -> store.commit(put(search, base, a, "by " + number)));

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
            var read = contents(store, search);
            int count = read.entry(a).map(entry -> Integer.parseInt(entry.value())).orElse(0);
            var next = put(search, read.revision(search), a, Integer.toString(count + 1));
            done += store.commit(next) instanceof Applied ? 1 : 0;
          }
          return number;
        });

    assertThat(values(contents(store, search))).containsEntry(a, "" + writers * times);
  }

  @Test
  void aLeaseHasOneHolder() throws Exception {
    var store = emptyStore();

    var first = granted(store.lease(site, "one", LONG));

    assertThat(store.lease(site, "two", LONG)).isEqualTo(new LeaseResult.Held("one", first));
    assertThat(granted(store.lease(site, "one", LONG))).as("prolonged").isEqualTo(first);
    assertThat(granted(store.lease(new LeaseName(site.key().child("other")), "two", LONG)))
        .as("another lease")
        .isEqualTo(new Epoch(1));
  }

  @Test
  void aLeaseThatEndedGoesToTheNextWithAHigherEpoch() throws Exception {
    var store = emptyStore();
    var first = granted(store.lease(site, "one", SHORT));

    outlast(SHORT);

    assertThat(granted(store.lease(site, "two", SHORT))).isGreaterThan(first);
  }

  @Test
  void aLeaseThatIsGivenBackIsFreeAtOnce() throws Exception {
    var store = emptyStore();
    var first = granted(store.lease(site, "one", LONG));

    store.release(site, "two", first);
    store.release(site, "one", first.next());
    assertThat(store.lease(site, "two", LONG)).isInstanceOf(LeaseResult.Held.class);

    store.release(site, "one", first);
    assertThat(granted(store.lease(site, "two", LONG))).isGreaterThan(first);
  }

  @Test
  void aTransactionOfAnOlderEpochIsRefused() throws Exception {
    var store = emptyStore();
    var first = granted(store.lease(site, "one", LONG));
    var mine = applied(store.commit(fenced(Revision.NONE, first)));
    store.release(site, "one", first);
    var second = granted(store.lease(site, "two", LONG));

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
    var epoch = granted(store.lease(site, "one", SHORT));

    outlast(SHORT);

    assertThat(store.commit(fenced(Revision.NONE, epoch))).isInstanceOf(Applied.class);
  }

  @Test
  void aWatchTellsEveryCommitInOrder() throws Exception {
    var store = emptyStore();
    var first = applied(store.commit(put(search, Revision.NONE, a, "1")));
    var heard = new Heard();

    try (var _ = store.watch(search, first, heard)) {
      var second = applied(store.commit(put(search, first, a, "2", b, "2")));
      applied(store.commit(put(logs, Revision.NONE, logs.child("a"), "1")));
      var third = applied(store.commit(transaction(search, second, new Change.Delete(a))));

      assertThat(heard.next().at()).isEqualTo(second);
      var last = heard.next();
      assertThat(last.at()).isEqualTo(third);
      assertThat(last.changes()).contains(new Change.Delete(a)).hasSize(2);
    }
  }

  @Test
  void aWatchBeginsWhereItIsToldTo() throws Exception {
    var store = emptyStore();
    var first = applied(store.commit(put(search, Revision.NONE, a, "1")));
    var second = applied(store.commit(put(search, first, a, "2")));
    var heard = new Heard();

    try (var _ = store.watch(search, first, heard)) {
      var told = heard.next();
      assertThat(told.at()).isEqualTo(second);
      assertThat(told.changes()).contains(new Change.Put(a, "2"));
    }
  }

  @Test
  void aWatchThatWasClosedTellsNothing() throws Exception {
    var store = emptyStore();
    var heard = new Heard();
    var other = new Heard();
    store.watch(search, Revision.NONE, heard).close();

    try (var _ = store.watch(search, Revision.NONE, other)) {
      applied(store.commit(put(search, Revision.NONE, a, "1")));
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
        List.of(new Change.Put(a, "1")));
  }

  private Transaction fenced(Revision expected, Epoch epoch) {
    return new Transaction(
        search,
        expected,
        intent(),
        Optional.of(new Fence(site, epoch)),
        new TreeMap<>(),
        List.of(new Change.Put(a, "by " + epoch)));
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
