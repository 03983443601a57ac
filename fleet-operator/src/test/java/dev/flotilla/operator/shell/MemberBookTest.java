package dev.flotilla.operator.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.topology.memory.MemoryTopologyStore;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.Epoch;
import dev.flotilla.topology.model.MemberRecord;
import dev.flotilla.topology.model.PoolName;
import dev.flotilla.topology.model.Revision;
import dev.flotilla.topology.model.Slot;
import dev.flotilla.topology.model.TenantId;
import dev.flotilla.topology.model.Zone;
import dev.flotilla.topology.store.CommitResult;
import dev.flotilla.topology.store.IntentId;
import dev.flotilla.topology.store.Key;
import dev.flotilla.topology.store.LeaseName;
import dev.flotilla.topology.store.LeaseResult;
import dev.flotilla.topology.store.StoreReading;
import dev.flotilla.topology.store.StoreWatcher;
import dev.flotilla.topology.store.TopologyStore;
import dev.flotilla.topology.store.Transaction;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What a cluster's record says, in memory and in the store.
class MemberBookTest {

  private static final ClusterRef SEARCH = new ClusterRef("shop", "search");
  private static final ClusterRef LOGS = new ClusterRef("shop", "logs");

  private final AtomicInteger intents = new AtomicInteger();
  private final MemoryTopologyStore store = new MemoryTopologyStore(() -> 0);
  private final MemberBook book = book(store);

  @Test
  void whatIsRecordedIsInTheBookAndInTheStore() {
    var members = members(3);

    assertThat(book.record(SEARCH, Revision.NONE, members))
        .isInstanceOf(CommitResult.Applied.class);

    assertThat(book.roster(SEARCH).members()).containsExactlyInAnyOrderElementsOf(members);
    var other = book(store);
    assertThat(other.rebuild(SEARCH, members)).isEmpty();
    assertThat(other.roster(SEARCH)).as("nothing had to be written").isEqualTo(book.roster(SEARCH));
  }

  @Test
  void aRecordIsRebuiltToSayWhatExistsAndNothingElse() {
    var before = members(3);
    book.record(SEARCH, Revision.NONE, before);
    var existing = List.of(before.get(0).provisioned(), before.get(2), members(4).get(3));

    assertThat(book.rebuild(SEARCH, existing)).isEmpty();

    assertThat(book.roster(SEARCH).members()).containsExactlyInAnyOrderElementsOf(existing);
    assertThat(stored(store)).hasSize(1 + existing.size());
  }

  /// More than one transaction takes.
  @Test
  void aLargeClusterIsRebuiltInParts() {
    var members = members(2 * Transaction.MAX_CHANGES + 1);

    assertThat(book.rebuild(SEARCH, members)).isEmpty();

    assertThat(book.roster(SEARCH).members()).hasSize(members.size());
    assertThat(stored(store)).hasSize(1 + members.size());
  }

  @Test
  void whatWasDecidedOnAnotherRevisionIsRefused() {
    book.record(SEARCH, Revision.NONE, members(1));
    var before = book.roster(SEARCH);

    assertThat(book.record(SEARCH, Revision.NONE, members(3)))
        .isInstanceOf(CommitResult.Rejected.class);
    assertThat(book.roster(SEARCH)).isEqualTo(before);
  }

  @Test
  void whatIsForgottenIsGoneForThatClusterAlone() {
    book.record(SEARCH, Revision.NONE, members(3));
    book.record(LOGS, Revision.NONE, List.of());
    var logs = book.roster(LOGS);

    assertThat(book.forget(SEARCH)).isEmpty();

    assertThat(book.roster(SEARCH).members()).isEmpty();
    assertThat(stored(store)).as("the two heads").hasSize(2);
    assertThat(book.roster(LOGS)).isEqualTo(logs);
  }

  /// Nothing is taken for recorded of which nobody knows whether it was.
  @Test
  void whatIsUnconfirmedIsNotInTheBook() {
    var silent = book(new Silent(store));

    assertThat(silent.record(SEARCH, Revision.NONE, members(3)))
        .isEqualTo(new CommitResult.Unconfirmed("no answer"));
    assertThat(silent.roster(SEARCH).members()).isEmpty();
    assertThat(silent.rebuild(SEARCH, members(2))).contains("no answer");
    assertThat(silent.roster(SEARCH).members()).isEmpty();
  }

  private MemberBook book(TopologyStore of) {
    return new MemberBook(of, () -> new IntentId("intent-" + intents.incrementAndGet()));
  }

  private static Iterable<Key> stored(TopologyStore store) {
    try {
      return store.read(new Key("clusters")) instanceof StoreReading.Known(var contents)
          ? contents.entries().keySet()
          : List.of();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static List<MemberRecord> members(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(ordinal -> new Slot(new PoolName("data"), new Zone("a"), ordinal))
        .map(slot -> MemberRecord.allocated(SEARCH, new TenantId("tenant-1"), slot, false))
        .toList();
  }

  /// A store that does what it is told and never says so.
  private record Silent(TopologyStore store) implements TopologyStore {

    @Override
    public StoreReading read(Key under) throws InterruptedException {
      return store.read(under);
    }

    @Override
    public CommitResult commit(Transaction transaction) throws InterruptedException {
      store.commit(transaction);
      return new CommitResult.Unconfirmed("no answer");
    }

    @Override
    public Registration watch(Key under, Revision after, StoreWatcher watcher) {
      return store.watch(under, after, watcher);
    }

    @Override
    public LeaseResult lease(LeaseName name, String holder, Duration time)
        throws InterruptedException {
      return store.lease(name, holder, time);
    }

    @Override
    public void release(LeaseName name, String holder, Epoch epoch) throws InterruptedException {
      store.release(name, holder, epoch);
    }

    @Override
    public void close() {
      store.close();
    }
  }
}
