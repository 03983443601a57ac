package dev.flotilla.operator.kube;

import dev.flotilla.operator.port.StopSignal;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// One request to the API server that a [StopSignal] breaks.
///
/// The client waits in the caller's own thread and gives up when that thread is interrupted, so the
/// signal interrupts it: but only while the request is under way, and without leaving the mark of
/// an interruption behind.
final class Request {

  private final Thread caller = Thread.currentThread();
  private final ReentrantLock lock = new ReentrantLock();
  private boolean over;
  private boolean broken;

  private Request() {}

  /// Runs a call in the caller's thread.
  ///
  /// @throws dev.flotilla.operator.port.StoppedException if the signal had fired before anything
  ///   was sent
  static <T> T run(StopSignal stop, Supplier<T> call) {
    stop.throwIfStopped();
    var request = new Request();
    var registration = stop.onStop(request::interrupt);
    try {
      return call.get();
    } finally {
      registration.close();
      request.end();
    }
  }

  private void interrupt() {
    lock.lock();
    try {
      if (!over) {
        broken = true;
        caller.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }

  private void end() {
    lock.lock();
    try {
      over = true;
      if (broken) {
        Thread.interrupted();
      }
    } finally {
      lock.unlock();
    }
  }
}
