package dev.flotilla.topology.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.MemberRecord;
import dev.flotilla.topology.model.PoolName;
import dev.flotilla.topology.model.Revision;
import dev.flotilla.topology.model.Slot;
import dev.flotilla.topology.model.TenantId;
import dev.flotilla.topology.model.Zone;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What every adapter of [TopologyStore] promises. An adapter's test extends it and says how an
/// empty store is made.
public abstract class TopologyStoreContract {

  private static final ClusterRef SEARCH = new ClusterRef("shop", "search");
  private static final ClusterRef OTHER = new ClusterRef("shop", "logs");
  private static final MemberRecord A1 = member(SEARCH, "a", 1);
  private static final MemberRecord B1 = member(SEARCH, "b", 1);
  private static final MemberRecord C1 = member(SEARCH, "c", 1);

  /// A store that knows no cluster, shared with nobody.
  protected abstract TopologyStore emptyStore();

  @Test
  void aClusterThatWasNeverRecordedIsEmpty() {
    assertThat(emptyStore().roster(SEARCH)).isEqualTo(Roster.EMPTY);
  }

  @Test
  void whatWasCommittedIsRead() {
    var store = emptyStore();

    var result = store.commit(SEARCH, Revision.NONE, List.of(B1, A1));

    assertThat(result).isInstanceOf(CommitResult.Applied.class);
    assertThat(store.roster(SEARCH).members()).containsExactlyInAnyOrder(A1, B1);
    assertThat(store.roster(SEARCH).revision()).isEqualTo(applied(result));
  }

  @Test
  void membersAreOrderedByName() {
    var store = emptyStore();

    store.commit(SEARCH, Revision.NONE, List.of(C1, A1, B1));

    assertThat(store.roster(SEARCH).members()).containsExactly(A1, B1, C1);
  }

  @Test
  void aCommitChangesOnlyTheRecordsThatItNames() {
    var store = emptyStore();
    var first = applied(store.commit(SEARCH, Revision.NONE, List.of(A1, B1)));

    store.commit(SEARCH, first, List.of(B1.provisioned(), C1));

    assertThat(store.roster(SEARCH).members()).containsExactly(A1, B1.provisioned(), C1);
  }

  @Test
  void everyCommitHasAHigherRevision() {
    var store = emptyStore();
    var first = applied(store.commit(SEARCH, Revision.NONE, List.of(A1)));

    var second = applied(store.commit(SEARCH, first, List.of(A1)));

    assertThat(first).isGreaterThan(Revision.NONE);
    assertThat(second).isGreaterThan(first);
  }

  @Test
  void aCommitThatWasDecidedOnAnOlderRevisionChangesNothingAtAll() {
    var store = emptyStore();
    var current = applied(store.commit(SEARCH, Revision.NONE, List.of(A1)));

    var late = store.commit(SEARCH, Revision.NONE, List.of(A1.provisioned(), B1));

    assertThat(late).isEqualTo(new CommitResult.Rejected(current));
    assertThat(store.roster(SEARCH)).isEqualTo(new Roster(current, List.of(A1)));
  }

  @Test
  void aCommitThatWasDecidedOnARevisionToComeChangesNothing() {
    var store = emptyStore();

    var early = store.commit(SEARCH, new Revision(7), List.of(A1));

    assertThat(early).isEqualTo(new CommitResult.Rejected(Revision.NONE));
    assertThat(store.roster(SEARCH)).isEqualTo(Roster.EMPTY);
  }

  @Test
  void clustersAreIndependentOfEachOther() {
    var store = emptyStore();
    var theirs = member(OTHER, "a", 1);
    var mine = applied(store.commit(SEARCH, Revision.NONE, List.of(A1)));

    var other = store.commit(OTHER, Revision.NONE, List.of(theirs));
    var again = store.commit(SEARCH, mine, List.of(B1));

    assertThat(other).isInstanceOf(CommitResult.Applied.class);
    assertThat(again).isInstanceOf(CommitResult.Applied.class);
    assertThat(store.roster(OTHER).members()).containsExactly(theirs);
    assertThat(store.roster(SEARCH).members()).containsExactly(A1, B1);
  }

  @Test
  void whatIsForgottenIsGoneForThatClusterAlone() {
    var store = emptyStore();
    var theirs = member(OTHER, "a", 1);
    store.commit(SEARCH, Revision.NONE, List.of(A1));
    store.commit(OTHER, Revision.NONE, List.of(theirs));

    store.forget(SEARCH);
    store.forget(SEARCH);

    assertThat(store.roster(SEARCH)).isEqualTo(Roster.EMPTY);
    assertThat(store.roster(OTHER).members()).containsExactly(theirs);
  }

  @Test
  void ofManyCommitsDecidedOnOneRevisionExactlyOneApplies() throws Exception {
    var store = emptyStore();
    var base = applied(store.commit(SEARCH, Revision.NONE, List.of(A1)));
    int writers = 8;
    var start = new CountDownLatch(1);
    List<Callable<CommitResult>> commits =
        IntStream.rangeClosed(1, writers)
            .mapToObj(n ->
                (Callable<CommitResult>)
                    () -> {
                      start.await();
                      return store.commit(SEARCH, base, List.of(member(SEARCH, "b", n)));
                    })
            .toList();

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var results = commits.stream().map(threads::submit).toList();
      start.countDown();
      int applied = 0;
      for (var result : results) {
        applied += result.get() instanceof CommitResult.Applied ? 1 : 0;
      }
      assertThat(applied).isEqualTo(1);
    }
    assertThat(store.roster(SEARCH).members()).hasSize(2);
  }

  private static Revision applied(CommitResult result) {
    return switch (result) {
      case CommitResult.Applied(var revision) -> revision;
      case CommitResult.Rejected rejected -> throw new AssertionError("refused: " + rejected);
    };
  }

  private static MemberRecord member(ClusterRef cluster, String zone, int ordinal) {
    var slot = new Slot(new PoolName("data"), new Zone(zone), ordinal);
    return MemberRecord.allocated(cluster, new TenantId("tenant-1"), slot, false);
  }
}
