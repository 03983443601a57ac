package dev.flotilla.topology.memory;

import dev.flotilla.topology.memory.CommitFeed.Commit;
import dev.flotilla.topology.model.Revision;
import dev.flotilla.topology.store.Key;
import dev.flotilla.topology.store.StoreWatcher;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// One watch: what it is still to be told, told by whoever comes by, one at a time and in order.
final class Subscription {

  private final Key under;
  private final Revision after;
  private final StoreWatcher watcher;
  private final Queue<Runnable> untold = new ConcurrentLinkedQueue<>();
  private final AtomicInteger tellers = new AtomicInteger();
  private volatile boolean closed;

  /// @param after what the watcher knows already; this process may learn of it later
  Subscription(Key under, Revision after, StoreWatcher watcher) {
    this.under = under;
    this.after = after;
    this.watcher = watcher;
  }

  /// Notes a commit; the caller holds the feed's lock, so that commits come in order.
  void add(Commit commit) {
    var ours = commit.under(under);
    if (commit.at().compareTo(after) > 0 && !ours.changes().isEmpty()) {
      untold.add(() -> watcher.changed(ours.at(), ours.changes()));
    }
  }

  void end(StoreWatcher.Ending ending, String why) {
    untold.add(() -> {
      close();
      watcher.ended(ending, why);
    });
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

  /// Whether nothing more will be told.
  boolean isOver() {
    return closed;
  }
}
