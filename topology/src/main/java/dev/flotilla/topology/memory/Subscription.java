package dev.flotilla.topology.memory;

import dev.flotilla.topology.memory.MemoryTopologyStore.Commit;
import dev.flotilla.topology.store.Key;
import dev.flotilla.topology.store.StoreWatcher;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// One watch: what it is still to be told, told by whoever comes by, one at a time and in order.
final class Subscription {

  private final Key under;
  private final StoreWatcher watcher;
  private final Queue<Runnable> untold = new ConcurrentLinkedQueue<>();
  private final AtomicInteger tellers = new AtomicInteger();
  private volatile boolean closed;

  Subscription(Key under, StoreWatcher watcher) {
    this.under = under;
    this.watcher = watcher;
  }

  /// Notes a commit; the caller holds the store's lock, so that commits come in order.
  void add(Commit commit) {
    var ours = commit.under(under);
    if (!ours.changes().isEmpty()) {
      untold.add(() -> watcher.changed(ours.at(), ours.changes()));
    }
  }

  void end(StoreWatcher.Ending ending, String why) {
    untold.add(() -> watcher.ended(ending, why));
  }

  /// Tells what is untold. Of many callers at once one does it, for all of them; no lock is held.
  void deliver() {
    if (tellers.getAndIncrement() > 0) {
      return;
    }
    int answered = 1;
    do {
      for (var next = untold.poll(); next != null && !closed; next = untold.poll()) {
        next.run();
      }
      answered = tellers.addAndGet(-answered);
    } while (answered > 0);
  }

  void close() {
    closed = true;
  }
}
