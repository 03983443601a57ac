package dev.flotilla.topology.memory;

import dev.flotilla.topology.model.Epoch;
import dev.flotilla.topology.model.Revision;
import dev.flotilla.topology.store.Change;
import dev.flotilla.topology.store.CommitResult;
import dev.flotilla.topology.store.CommitResult.Objection;
import dev.flotilla.topology.store.Contents;
import dev.flotilla.topology.store.Entry;
import dev.flotilla.topology.store.Fence;
import dev.flotilla.topology.store.Key;
import dev.flotilla.topology.store.LeaseName;
import dev.flotilla.topology.store.LeaseResult;
import dev.flotilla.topology.store.StoreReading;
import dev.flotilla.topology.store.StoreWatcher;
import dev.flotilla.topology.store.TopologyStore;
import dev.flotilla.topology.store.Transaction;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/// A [TopologyStore] of one process, safe for use by many threads.
public final class MemoryTopologyStore implements TopologyStore {

  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock();
  private final SortedMap<Key, Entry> entries = new TreeMap<>();
  private final CommitFeed feed = new CommitFeed();
  private final Map<LeaseName, Lease> leases = new HashMap<>();
  private Revision revision = Revision.NONE;

  /// @param nanoTime a clock that never goes back, in nanoseconds; leases end by it
  public MemoryTopologyStore(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  private record Lease(String holder, Epoch epoch, long end) {}

  @Override
  public StoreReading read(Key under) {
    lock.lock();
    try {
      return new StoreReading.Known(Contents.under(under, revision, entries));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public CommitResult commit(Transaction transaction) {
    lock.lock();
    try {
      var head = Optional.ofNullable(entries.get(transaction.head()));
      if (head.filter(entry -> entry.value().equals(transaction.intent().value())).isPresent()) {
        return new CommitResult.Applied(head.get().revision());
      }
      var objection = objection(transaction);
      return objection.isPresent()
          ? new CommitResult.Rejected(objection.get())
          : new CommitResult.Applied(apply(transaction));
    } finally {
      lock.unlock();
      feed.deliver();
    }
  }

  private Optional<Objection> objection(Transaction transaction) {
    var overtaken =
        transaction
            .fence()
            .map(this::epoch)
            .filter(epoch -> !epoch.equals(transaction.fence().get().epoch()));
    if (overtaken.isPresent()) {
      return Optional.of(new Objection.Overtaken(overtaken.get()));
    }
    return transaction.conditions().entrySet().stream()
        .filter(condition -> !revision(condition.getKey()).equals(condition.getValue()))
        .<Objection>map(
            condition -> new Objection.Outdated(condition.getKey(), revision(condition.getKey())))
        .findFirst();
  }

  private Epoch epoch(Fence fence) {
    return Optional.ofNullable(leases.get(fence.lease())).map(Lease::epoch).orElse(new Epoch(0));
  }

  private Revision revision(Key key) {
    return Optional.ofNullable(entries.get(key)).map(Entry::revision).orElse(Revision.NONE);
  }

  private Revision apply(Transaction transaction) {
    revision = revision.next();
    var changes = transaction.writes();
    for (Change change : changes) {
      switch (change) {
        case Change.Put(var key, var value) -> entries.put(key, new Entry(key, value, revision));
        case Change.Delete(var key) -> entries.remove(key);
      }
    }
    feed.add(new CommitFeed.Commit(revision, changes));
    return revision;
  }

  @Override
  public Registration watch(Key under, Revision after, StoreWatcher watcher) {
    return feed.watch(under, after, watcher);
  }

  @Override
  public LeaseResult lease(LeaseName name, String holder, Duration time) {
    lock.lock();
    try {
      long now = nanoTime.getAsLong();
      var before = Optional.ofNullable(leases.get(name));
      boolean isHeld = before.filter(lease -> lease.end() - now > 0).isPresent();
      if (isHeld && !before.get().holder().equals(holder)) {
        return new LeaseResult.Held(before.get().holder(), before.get().epoch());
      }
      var last = before.map(Lease::epoch).orElse(new Epoch(0));
      var epoch = isHeld ? last : last.next();
      leases.put(name, new Lease(holder, epoch, now + time.toNanos()));
      return new LeaseResult.Granted(epoch);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void release(LeaseName name, String holder, Epoch epoch) {
    lock.lock();
    try {
      var lease = leases.get(name);
      if (lease != null && lease.holder().equals(holder) && lease.epoch().equals(epoch)) {
        leases.put(name, new Lease(holder, epoch, nanoTime.getAsLong()));
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    feed.close();
  }
}
