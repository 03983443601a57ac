package dev.flotilla.raft.ratis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.topology.model.Revision;
import dev.flotilla.topology.store.Change;
import dev.flotilla.topology.store.CommitResult;
import dev.flotilla.topology.store.Contents;
import dev.flotilla.topology.store.IntentId;
import dev.flotilla.topology.store.Key;
import dev.flotilla.topology.store.StoreReading;
import dev.flotilla.topology.store.TopologyStore;
import dev.flotilla.topology.store.Transaction;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/// Counts in a store: each commit is one more than the last one that is known.
final class Counter {

  static final Key KEY = new Key("counter");

  private static final Key VALUE = KEY.child("value");

  /// Elections on a machine that does much else.
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final TopologyStore store;
  private Revision revision = Revision.NONE;
  private int value;

  Counter(TopologyStore store) {
    this.store = store;
  }

  /// Adds one, as its users do: what nobody knows is read before it is tried again.
  void next() throws InterruptedException {
    int wanted = value + 1;
    long end = System.nanoTime() + PATIENCE.toNanos();
    var result = tryNext();
    while (value < wanted) {
      assertThat(System.nanoTime() - end).as("%s after %s", result, PATIENCE).isNegative();
      assertThat(result).isInstanceOf(CommitResult.Unconfirmed.class);
      reread();
      result = value < wanted ? tryNext() : result;
    }
    assertThat(value).isEqualTo(wanted);
  }

  CommitResult tryNext() throws InterruptedException {
    var result =
        store.commit(
            new Transaction(
                KEY,
                revision,
                new IntentId(UUID.randomUUID().toString()),
                Optional.empty(),
                new TreeMap<>(),
                List.of(new Change.Put(VALUE, Integer.toString(value + 1)))));
    if (result instanceof CommitResult.Applied(var next)) {
      revision = next;
      value++;
    }
    return result;
  }

  /// What the store has.
  int read() throws InterruptedException {
    return number(contents());
  }

  /// Goes on from what the store has.
  void reread() throws InterruptedException {
    var contents = contents();
    revision = contents.revision(KEY);
    value = number(contents);
  }

  /// Waits for the store to know; it waits itself in each attempt.
  private Contents contents() throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      switch (store.read(KEY)) {
        case StoreReading.Known(var contents) -> {
          return contents;
        }
        case StoreReading.Unknown(var why) ->
            assertThat(System.nanoTime() - end).as("%s after %s", why, PATIENCE).isNegative();
      }
    }
  }

  private static int number(Contents contents) {
    return contents.entry(VALUE).map(entry -> Integer.parseInt(entry.value())).orElse(0);
  }
}
