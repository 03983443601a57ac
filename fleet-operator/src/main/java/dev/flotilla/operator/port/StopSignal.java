package dev.flotilla.operator.port;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// Tells running work that it shall end: the specification changed, the epoch was lost, or the
/// process stops.
///
/// It is the first parameter of everything that can block, down to the request on the wire: an
/// adapter registers the act that breaks its call with [#onStop]. A signal fires once and stays
/// fired. Safe for use by many threads.
public final class StopSignal {

  private final ReentrantLock lock = new ReentrantLock();
  private final List<Runnable> listeners = new ArrayList<>();
  private Optional<String> reason = Optional.empty();

  /// What undoes a registration; closing it twice is harmless.
  public interface Registration extends AutoCloseable {
    @Override
    void close();
  }

  /// Fires the signal. Only the first call counts; listeners run in the caller's thread, outside
  /// any lock.
  ///
  /// @param why one clause for logs, such as "the specification changed"
  public void stop(String why) {
    List<Runnable> toRun;
    lock.lock();
    try {
      if (reason.isPresent()) {
        return;
      }
      reason = Optional.of(why);
      toRun = List.copyOf(listeners);
      listeners.clear();
    } finally {
      lock.unlock();
    }
    toRun.forEach(Runnable::run);
  }

  public boolean isStopped() {
    lock.lock();
    try {
      return reason.isPresent();
    } finally {
      lock.unlock();
    }
  }

  /// Ends the caller's work if the signal has fired.
  ///
  /// @throws StoppedException if it has
  public void throwIfStopped() {
    lock.lock();
    try {
      reason.ifPresent(why -> {
        throw new StoppedException(why);
      });
    } finally {
      lock.unlock();
    }
  }

  /// Runs `listener` when the signal fires, at once if it already has. It must not block.
  public Registration onStop(Runnable listener) {
    lock.lock();
    try {
      if (reason.isEmpty()) {
        listeners.add(listener);
        return () -> remove(listener);
      }
    } finally {
      lock.unlock();
    }
    listener.run();
    return () -> {};
  }

  private void remove(Runnable listener) {
    lock.lock();
    try {
      listeners.remove(listener);
    } finally {
      lock.unlock();
    }
  }
}
