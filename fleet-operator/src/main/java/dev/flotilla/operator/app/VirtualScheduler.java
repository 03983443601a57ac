package dev.flotilla.operator.app;

import dev.flotilla.operator.port.Scheduler;
import dev.flotilla.operator.port.StopSignal;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One timer thread for all delays; every task that is due runs on a virtual thread of its own, so
/// that one which blocks delays no other.
final class VirtualScheduler implements Scheduler, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(VirtualScheduler.class);

  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().name("flotilla-timer").daemon().factory());

  VirtualScheduler() {
    timer.setRemoveOnCancelPolicy(true);
  }

  @Override
  public StopSignal.Registration after(Duration delay, Runnable task) {
    try {
      var future =
          timer.schedule(
              () -> Thread.ofVirtual().name("flotilla-task").start(() -> guarded(task)),
              delay.toNanos(),
              TimeUnit.NANOSECONDS);
      return () -> future.cancel(false);
    } catch (RejectedExecutionException e) {
      return () -> {}; // the process is stopping: nothing is due any more
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.atError().setMessage("a scheduled task failed").setCause(e).log();
    }
  }
}
