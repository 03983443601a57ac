package dev.flotilla.operator.kube.watch;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// The uids of objects that went lately.
///
/// The answer to a write can come after the watch has shown that its object is gone already; kept
/// then, the object would never go again. A uid is never given twice, and answers are not late by
/// more than a few seconds, so the last thousand are enough.
final class Graves {

  private static final int SIZE = 1000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<String> order = new ArrayDeque<>();
  private final Set<String> uids = new HashSet<>();

  void bury(String uid) {
    lock.lock();
    try {
      if (uids.add(uid)) {
        order.addLast(uid);
      }
      if (order.size() > SIZE) {
        uids.remove(order.removeFirst());
      }
    } finally {
      lock.unlock();
    }
  }

  boolean holds(String uid) {
    lock.lock();
    try {
      return uids.contains(uid);
    } finally {
      lock.unlock();
    }
  }
}
