package dev.flotilla.chaos.bench.store;

import dev.flotilla.raft.ratis.Voter;
import dev.flotilla.raft.ratis.VoterId;
import dev.flotilla.topology.model.Revision;
import dev.flotilla.topology.store.Change;
import dev.flotilla.topology.store.CommitResult;
import dev.flotilla.topology.store.IntentId;
import dev.flotilla.topology.store.Key;
import dev.flotilla.topology.store.StoreReading;
import dev.flotilla.topology.store.Transaction;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/// The operators' own store: one voter in this process, as in an operator, and two in processes of
/// their own.
final class OwnVoters implements Contestant {

  /// Of one entry with many changes.
  static final int BATCH = Transaction.MAX_CHANGES;

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String VALUE = "x".repeat(BYTES);
  private static final Key CALLERS = new Key("caller");

  private final BenchGroup group;
  private final Map<VoterId, Process> others = new HashMap<>();
  private final Voter voter;
  private final Map<Integer, Revision> revisions = new ConcurrentHashMap<>();
  private final AtomicLong intents = new AtomicLong();
  private int takeOvers;

  OwnVoters(Path directory) throws IOException, InterruptedException {
    group = new BenchGroup(UUID.randomUUID(), Ports.free(BenchGroup.VOTERS.size()), directory);
    for (VoterId other : BenchGroup.VOTERS.subList(1, BenchGroup.VOTERS.size())) {
      others.put(other, OtherVoter.launch(group, other));
    }
    voter = group.start(BenchGroup.VOTERS.getFirst());
    for (Process other : others.values()) {
      OtherVoter.awaitStart(other);
    }
    until("it answers", () -> isRead(new Key("any")));
  }

  /// Lets the voter in this process lead.
  void leadHere() throws InterruptedException {
    until(
        "it leads",
        () -> {
          try {
            voter.lead();
          } catch (IOException e) {
            return false;
          }
          return voter.leads();
        });
  }

  private static void until(String what, BooleanSupplier happened) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!happened.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new IllegalStateException("not within %s: %s".formatted(PATIENCE, what));
      }
      var _ = new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS);
    }
  }

  private boolean isRead(Key key) {
    try {
      return voter.store().read(key) instanceof StoreReading.Known;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void put(int caller) throws InterruptedException {
    commit(caller, 1);
  }

  /// Changes many values in one entry of the log.
  void putMany(int caller) throws InterruptedException {
    commit(caller, BATCH);
  }

  private void commit(int caller, int values) throws InterruptedException {
    var head = CALLERS.child("c" + caller);
    var changes =
        IntStream.range(0, values)
            .<Change>mapToObj(i -> new Change.Put(head.child("v" + i), VALUE))
            .toList();
    var expected = revisions.getOrDefault(caller, Revision.NONE);
    if (commit(head, expected, changes) instanceof CommitResult.Applied(var revision)) {
      revisions.put(caller, revision);
    } else {
      throw new IllegalStateException("caller %d was refused".formatted(caller));
    }
  }

  private CommitResult commit(Key head, Revision expected, List<Change> changes)
      throws InterruptedException {
    var intent = new IntentId("i" + intents.incrementAndGet());
    return voter
        .store()
        .commit(
            new Transaction(head, expected, intent, Optional.empty(), new TreeMap<>(), changes));
  }

  @Override
  public void get(int caller) throws InterruptedException {
    if (!(voter.store().read(CALLERS.child("c" + caller)) instanceof StoreReading.Known)) {
      throw new IllegalStateException("nobody knows");
    }
  }

  @Override
  public Duration takeOver() throws IOException, InterruptedException {
    var leader = BenchGroup.VOTERS.get(1 + takeOvers % 2);
    until("%s leads".formatted(leader), () -> isLedBy(leader));
    OtherVoter.kill(process(leader));
    long begin = System.nanoTime();
    do {
      takeOvers++;
    } while (!(commit(new Key("take-over").child("t" + takeOvers), Revision.NONE, List.of())
        instanceof CommitResult.Applied));
    var took = Duration.ofNanos(System.nanoTime() - begin);
    others.put(leader, OtherVoter.launch(group, leader));
    OtherVoter.awaitStart(process(leader));
    return took;
  }

  private boolean isLedBy(VoterId leader) {
    OtherVoter.askToLead(process(leader));
    return voter.standing().flatMap(now -> now.leader()).equals(Optional.of(leader));
  }

  private Process process(VoterId voter) {
    return Objects.requireNonNull(others.get(voter));
  }

  @Override
  public void close() {
    voter.close();
    others.values().forEach(Process::destroyForcibly);
  }
}
