package dev.flotilla.topology.memory;

import dev.flotilla.topology.model.Revision;
import dev.flotilla.topology.store.Change;
import dev.flotilla.topology.store.Key;
import dev.flotilla.topology.store.StoreWatcher;
import dev.flotilla.topology.store.StoreWatcher.Ending;
import dev.flotilla.topology.store.TopologyStore.Registration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/// Tells watchers of commits, and keeps the last ones for those that come later. For every adapter
/// that has the store's entries in this process. Safe for use by many threads.
public final class CommitFeed {

  /// A watch that begins longer ago has to read again.
  public static final int KEPT_COMMITS = 1_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Commit> commits = new ArrayDeque<>();
  private final List<Subscription> subscriptions = new ArrayList<>();

  /// The last commit that is no longer kept.
  private Revision forgotten = Revision.NONE;

  /// One transaction that was applied.
  ///
  /// @param changes in the order of their keys, that of the head among them
  public record Commit(Revision at, List<Change> changes) {

    public Commit {
      changes = List.copyOf(changes);
    }

    Commit under(Key key) {
      return new Commit(at, changes.stream().filter(change -> change.key().isWithin(key)).toList());
    }
  }

  /// Notes the next commit. Nobody is told before [#deliver].
  public void add(Commit commit) {
    lock.lock();
    try {
      commits.addLast(commit);
      if (commits.size() > KEPT_COMMITS) {
        forgotten = commits.removeFirst().at();
      }
      subscriptions.forEach(subscription -> subscription.add(commit));
    } finally {
      lock.unlock();
    }
  }

  /// Commits up to a revision were skipped: whoever watches has to read again. Nobody is told
  /// before [#deliver].
  public void skipTo(Revision revision) {
    lock.lock();
    try {
      commits.clear();
      forgotten = revision;
      subscriptions.forEach(subscription -> end(subscription, revision));
    } finally {
      lock.unlock();
    }
  }

  /// Nobody knows what happens from now on. Nobody is told before [#deliver].
  ///
  /// @param why one clause for people
  public void end(String why) {
    open().forEach(subscription -> subscription.end(Ending.LOST, why));
  }

  /// Tells watchers what they have not been told yet. No lock is held meanwhile.
  public void deliver() {
    open().forEach(Subscription::deliver);
    open().stream().filter(Subscription::isOver).forEach(this::close);
  }

  /// As [dev.flotilla.topology.store.TopologyStore#watch] says.
  public Registration watch(Key under, Revision after, StoreWatcher watcher) {
    var subscription = new Subscription(under, after, watcher);
    lock.lock();
    try {
      if (after.compareTo(forgotten) < 0) {
        end(subscription, after);
      } else {
        commits.forEach(subscription::add);
        subscriptions.add(subscription);
      }
    } finally {
      lock.unlock();
    }
    subscription.deliver();
    return () -> close(subscription);
  }

  /// Ends every watch without a word.
  public void close() {
    open().forEach(this::close);
  }

  private static void end(Subscription subscription, Revision after) {
    subscription.end(Ending.COMPACTED, "commits after %s are forgotten".formatted(after));
  }

  private void close(Subscription subscription) {
    subscription.close();
    lock.lock();
    try {
      subscriptions.remove(subscription);
    } finally {
      lock.unlock();
    }
  }

  private List<Subscription> open() {
    lock.lock();
    try {
      return List.copyOf(subscriptions);
    } finally {
      lock.unlock();
    }
  }
}
