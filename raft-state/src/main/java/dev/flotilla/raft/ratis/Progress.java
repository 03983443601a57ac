package dev.flotilla.raft.ratis;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// How far this voter has come, for those who wait for it: the last entry that it applied, and how
/// often it heard of another leader or other voters. Safe for use by many threads.
final class Progress {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private long applied = -1;
  private long changes;

  /// An entry was applied, with everything before it.
  void applied(long index) {
    lock.lock();
    try {
      applied = Math.max(applied, index);
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// There is another leader or none any more, or others vote.
  void groupChanged() {
    lock.lock();
    try {
      changes++;
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// How often leader or voters changed so far.
  long groupChanges() {
    lock.lock();
    try {
      return changes;
    } finally {
      lock.unlock();
    }
  }

  /// Waits until an entry is applied.
  ///
  /// @return whether it is
  boolean awaitApplied(long index, Duration limit) throws InterruptedException {
    long nanos = limit.toNanos();
    lock.lockInterruptibly();
    try {
      while (applied < index && nanos > 0) {
        nanos = moved.awaitNanos(nanos);
      }
      return applied >= index;
    } finally {
      lock.unlock();
    }
  }

  /// Waits until leader or voters changed once more, or the time is over.
  ///
  /// @param known as many changes as the caller knows of
  void awaitGroupChange(long known, Duration limit) throws InterruptedException {
    long nanos = limit.toNanos();
    lock.lockInterruptibly();
    try {
      while (changes == known && nanos > 0) {
        nanos = moved.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
  }
}
