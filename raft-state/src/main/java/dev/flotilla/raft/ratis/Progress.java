package dev.flotilla.raft.ratis;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// How far this voter has come, for those who wait for it: the last entry that it applied, and how
/// often it learned of a leader. Safe for use by many threads.
final class Progress {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private long applied = -1;
  private long leaders;

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

  /// There is a leader, or none any more.
  void leaderChanged() {
    lock.lock();
    try {
      leaders++;
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// How often the leader changed so far.
  long leaderChanges() {
    lock.lock();
    try {
      return leaders;
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

  /// Waits until the leader changed once more, or the time is over.
  ///
  /// @param changes as many as the caller knows of
  void awaitLeaderChange(long changes, Duration limit) throws InterruptedException {
    long nanos = limit.toNanos();
    lock.lockInterruptibly();
    try {
      while (leaders == changes && nanos > 0) {
        nanos = moved.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
  }
}
