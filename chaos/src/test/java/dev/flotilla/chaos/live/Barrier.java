package dev.flotilla.chaos.live;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Where everything waits while it is down.
final class Barrier {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition lifted = lock.newCondition();
  private boolean down;

  void lower() {
    lock.lock();
    try {
      down = true;
    } finally {
      lock.unlock();
    }
  }

  void lift() {
    lock.lock();
    try {
      down = false;
      lifted.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void pass() throws InterruptedException {
    lock.lock();
    try {
      while (down) {
        lifted.await();
      }
    } finally {
      lock.unlock();
    }
  }
}
