package dev.flotilla.raft.ratis;

import static dev.flotilla.raft.ratis.ThreeVoters.OURS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.topology.model.Revision;
import dev.flotilla.topology.store.Change;
import dev.flotilla.topology.store.CommitResult;
import dev.flotilla.topology.store.IntentId;
import dev.flotilla.topology.store.Key;
import dev.flotilla.topology.store.TopologyStore;
import dev.flotilla.topology.store.Transaction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A store of ten thousand records on real disks, in three zones with some way between them, is
/// written to two hundred times a second.
///
/// What is promised holds for near zones, and is measured on a machine with nothing else to do.
/// Zones that are far away show how a commit is made, whatever the machine does: one that needed
/// two ways there and back, or waited for the one before it, could never be in time there.
@Tag("processes")
@Tag("RF-4")
class PaceTest {

  private static final int RECORDS = 10_000;
  private static final int BATCH = Transaction.MAX_CHANGES;
  private static final Duration BETWEEN_WRITES = Duration.ofMillis(5);

  /// After the last write of a round was begun.
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /// Of a round.
  private static final int WRITES = 600;

  /// The first ones warm up.
  private static final int ROUNDS = 8;

  private static final Key ALL = new Key("record");
  private static final String VALUE = "x".repeat(256);

  private final Revision[] revisions = new Revision[RECORDS];

  @Test
  void aCommitNeedsOneWayThereAndBackAndWaitsForNoOther(
      @TempDir(factory = DiskUseTest.BesideClasses.class) Path directory) throws Exception {
    assertInTime(directory, Duration.ofMillis(200), WRITES / 2, Duration.ofMillis(300));
  }

  @Test
  @Tag("long")
  void nearlyEveryCommitIsDoneInTime(
      @TempDir(factory = DiskUseTest.BesideClasses.class) Path directory) throws Exception {
    assertInTime(directory, Duration.ofMillis(3), WRITES / 100, Duration.ofMillis(50));
  }

  /// @param slow how many of a round's commits may take longer
  /// @param allowed for the others, in one round of some
  private void assertInTime(Path directory, Duration thereAndBack, int slow, Duration allowed)
      throws Exception {
    try (var voters = ThreeVoters.start(directory);
        var ways = voters.moveApart(thereAndBack.dividedBy(2));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      voters.letLead(OURS);
      var store = voters.ours().store();
      fill(store);
      long before = ways.carried();

      var rounds = new ArrayList<Duration>();
      while (rounds.size() < ROUNDS
          && rounds.stream().noneMatch(it -> it.compareTo(allowed) <= 0)) {
        rounds.add(round(rounds.size(), store, threads, slow));
      }
      System.out.printf("commits with %s there and back: %s%n", thereAndBack, rounds);

      assertThat(rounds).as("some round").anyMatch(it -> it.compareTo(allowed) <= 0);
      assertThat(ways.carried() - before).as("bytes between zones").isGreaterThan(WRITES * 256L);
    }
  }

  private void fill(TopologyStore store) throws InterruptedException {
    for (int first = 0; first < RECORDS; first += BATCH) {
      var changes = new ArrayList<Change>();
      for (int record = first; record < first + BATCH; record++) {
        changes.add(new Change.Put(key(record), VALUE));
      }
      var revision = commit(store, new Key("fill"), last(first), "fill-" + first, changes);
      for (int record = first; record < first + BATCH; record++) {
        revisions[record] = revision;
      }
    }
  }

  private Revision last(int first) {
    return first == 0 ? Revision.NONE : revisions[first - 1];
  }

  private static Key key(int record) {
    return ALL.child("r" + record);
  }

  /// Begins a write every five milliseconds, whatever became of those before. How long one takes
  /// counts from the moment at which it should have begun.
  ///
  /// @return how long all but the slow ones took at most
  private Duration round(int number, TopologyStore store, ExecutorService threads, int slow)
      throws Exception {
    var commits = new ArrayList<Future<Long>>();
    long begin = System.nanoTime();
    for (int i = 0; i < WRITES; i++) {
      long due = begin + i * BETWEEN_WRITES.toNanos();
      int record = (number * WRITES + i) % RECORDS;
      LockSupport.parkNanos(due - System.nanoTime());
      commits.add(
          threads.submit(() -> {
            write(store, record, number);
            return System.nanoTime() - due;
          }));
    }
    long end = System.nanoTime() + PATIENCE.toNanos();
    var sorted = new ArrayList<Long>();
    for (var commit : commits) {
      sorted.add(commit.get(end - System.nanoTime(), TimeUnit.NANOSECONDS));
    }
    sorted.sort(null);
    return Duration.ofNanos(sorted.get(WRITES - 1 - slow));
  }

  private void write(TopologyStore store, int record, int round) throws InterruptedException {
    var change = List.<Change>of(new Change.Put(key(record).child("value"), VALUE));
    commit(store, key(record), revisions[record], "r%d-%d".formatted(round, record), change);
  }

  private static Revision commit(
      TopologyStore store, Key head, Revision expected, String intent, List<Change> changes)
      throws InterruptedException {
    var result =
        store.commit(
            new Transaction(
                head, expected, new IntentId(intent), Optional.empty(), new TreeMap<>(), changes));
    assertThat(result).isInstanceOf(CommitResult.Applied.class);
    return ((CommitResult.Applied) result).revision();
  }
}
