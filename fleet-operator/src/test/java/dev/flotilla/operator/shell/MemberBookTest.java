package dev.flotilla.operator.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.bench.StoreBehind;
import dev.flotilla.topology.codec.MemberRecordCodec;
import dev.flotilla.topology.memory.MemoryTopologyStore;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.Epoch;
import dev.flotilla.topology.model.MemberRecord;
import dev.flotilla.topology.model.PoolName;
import dev.flotilla.topology.model.Revision;
import dev.flotilla.topology.model.Slot;
import dev.flotilla.topology.model.TenantId;
import dev.flotilla.topology.model.Zone;
import dev.flotilla.topology.store.Change;
import dev.flotilla.topology.store.CommitResult;
import dev.flotilla.topology.store.Fence;
import dev.flotilla.topology.store.IntentId;
import dev.flotilla.topology.store.Key;
import dev.flotilla.topology.store.Roster;
import dev.flotilla.topology.store.StoreReading;
import dev.flotilla.topology.store.TopologyStore;
import dev.flotilla.topology.store.Transaction;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a cluster's record says, in memory and in the store.
class MemberBookTest {

  private static final ClusterRef SEARCH = new ClusterRef("shop", "search");
  private static final ClusterRef LOGS = new ClusterRef("shop", "logs");

  private static final Epoch FIRST = new Epoch(1);

  private int processes;
  private final MemoryTopologyStore store = new MemoryTopologyStore(() -> 0);
  private final MemberBook book = book(store);

  @Test
  void whatIsRecordedIsInTheBookAndInTheStore() {
    var members = members(3);

    assertThat(book.record(SEARCH, FIRST, Revision.NONE, members, List.of()))
        .isInstanceOf(CommitResult.Applied.class);

    assertThat(book.roster(SEARCH).members()).containsExactlyInAnyOrderElementsOf(members);
    var other = book(store);
    assertThat(other.load(SEARCH, "uid-1"))
        .isEqualTo(new MemberBook.Recorded.Other(book.roster(SEARCH)));
  }

  @Test
  void aRecordIsRebuiltToSayWhatExistsAndNothingElse() {
    var before = members(3);
    book.record(SEARCH, FIRST, Revision.NONE, before, List.of());
    var existing = List.of(before.get(0).provisioned(), before.get(2), members(4).get(3));

    assertThat(rebuild(book, "uid-1", existing)).isEmpty();

    assertThat(book.roster(SEARCH).members()).containsExactlyInAnyOrderElementsOf(existing);
    assertThat(stored(store)).hasSize(2 + existing.size());
    var other = book(store);
    assertThat(other.load(SEARCH, "uid-1")).isEqualTo(new MemberBook.Recorded.Same());
    assertThat(other.roster(SEARCH)).isEqualTo(book.roster(SEARCH));
    assertThat(other.load(SEARCH, "uid-2")).isInstanceOf(MemberBook.Recorded.Other.class);
  }

  /// More than one transaction takes.
  @Test
  void aLargeClusterIsRebuiltInParts() {
    var members = members(2 * Transaction.MAX_CHANGES + 1);

    assertThat(rebuild(book, "uid-1", members)).isEmpty();

    assertThat(book.roster(SEARCH).members()).hasSize(members.size());
    assertThat(stored(store)).hasSize(2 + members.size());
  }

  /// A part of a rebuilt record is not complete, whoever reads it next.
  @Test
  void aRecordThatWasRebuiltInPartIsRebuiltAgain() {
    var members = members(Transaction.MAX_CHANGES + 1);
    var silent = book(new Silent(store));

    assertThat(rebuild(silent, "uid-1", members)).isPresent();

    assertThat(stored(store)).hasSize(1 + Transaction.MAX_CHANGES);
    assertThat(book.load(SEARCH, "uid-1")).isInstanceOf(MemberBook.Recorded.Other.class);
  }

  /// One that is left out is a member that nobody knows any more, and its place would be given
  /// away.
  @ParameterizedTest
  @ValueSource(strings = {"members/%s", "members/nobody", "members", "resource", "resource/deeper"})
  void whatCannotBeReadIsNamedAndNeverLeftOut(String place) throws InterruptedException {
    assertThat(rebuild(book, "uid-1", members(3))).isEmpty();
    var key = Key.of(SEARCH) + "/" + place.formatted(members(1).getFirst().name());
    vandalize(new Change.Put(new Key(key), "v1 cluster=shop/search sum=00000000"));

    assertThat(book.load(SEARCH, "uid-1"))
        .isEqualTo(
            new MemberBook.Recorded.Unknown(
                new Trouble(
                    Reason.STORE_DAMAGED,
                    "the entry " + key + " cannot be read: its checksum is wrong")));
  }

  @Test
  void whatWasWrittenForAnotherPlaceIsNotBelieved() throws InterruptedException {
    assertThat(rebuild(book, "uid-1", members(3))).isEmpty();
    var copy = Key.of(SEARCH).child("members").child("copy");
    var text = MemberRecordCodec.encode(members(1).getFirst());
    vandalize(new Change.Put(copy, text));

    assertThat(book.load(SEARCH, "uid-1").toString()).contains("copy", "it was written for");
  }

  /// Changes an entry past the book.
  private void vandalize(Change change) throws InterruptedException {
    store.commit(
        new Transaction(
            new Key("vandal"),
            Revision.NONE,
            new IntentId("vandal"),
            Optional.empty(),
            new TreeMap<>(),
            List.of(change)));
  }

  @Test
  void whatWasDecidedOnAnotherRevisionIsRefused() {
    book.record(SEARCH, FIRST, Revision.NONE, members(1), List.of());
    var before = book.roster(SEARCH);

    assertThat(book.record(SEARCH, FIRST, Revision.NONE, members(3), List.of()))
        .isInstanceOf(CommitResult.Rejected.class);
    assertThat(book.roster(SEARCH)).isEqualTo(before);
  }

  @Test
  void whatIsForgottenIsGoneForThatClusterAlone() {
    assertThat(rebuild(book, "uid-1", members(3))).isEmpty();
    book.record(LOGS, FIRST, Revision.NONE, List.of(), List.of());
    var logs = book.roster(LOGS);

    book.forget(SEARCH, FIRST);

    assertThat(book.roster(SEARCH).members()).isEmpty();
    assertThat(stored(store)).as("the two heads").hasSize(2);
    assertThat(book.roster(LOGS)).isEqualTo(logs);
  }

  /// Nothing is taken for recorded of which nobody knows whether it was.
  @Test
  void whatIsUnconfirmedIsNotInTheBook() {
    var silent = book(new Silent(store));

    assertThat(silent.record(SEARCH, FIRST, Revision.NONE, members(3), List.of()))
        .isEqualTo(new CommitResult.Unconfirmed("no answer"));
    assertThat(silent.roster(SEARCH).members()).isEmpty();
    assertThat(rebuild(silent, "uid-1", members(2)))
        .contains(new Trouble(Reason.STORE_UNREACHABLE, "no answer"));
    assertThat(silent.roster(SEARCH).members()).isEmpty();
  }

  private MemberBook book(TopologyStore of) {
    return new MemberBook(of, new Unfenced(), "process" + ++processes);
  }

  private Optional<Trouble> rebuild(MemberBook by, String uid, List<MemberRecord> existing) {
    var before =
        by.load(SEARCH, uid) instanceof MemberBook.Recorded.Other(var roster)
            ? roster
            : Roster.EMPTY;
    return by.rebuild(SEARCH, uid, FIRST, before, new Roster(Revision.NONE, existing, List.of()));
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

  private static final class Unfenced implements Fences {

    @Override
    public Optional<Fence> fence(Epoch epoch) {
      return Optional.empty();
    }

    @Override
    public void overtaken(Epoch current) {
      throw new AssertionError("overtaken by " + current);
    }
  }

  /// A store that does what it is told and never says so.
  private static final class Silent extends StoreBehind {

    Silent(TopologyStore store) {
      super(store);
    }

    @Override
    public CommitResult commit(Transaction transaction) throws InterruptedException {
      super.commit(transaction);
      return new CommitResult.Unconfirmed("no answer");
    }
  }
}
