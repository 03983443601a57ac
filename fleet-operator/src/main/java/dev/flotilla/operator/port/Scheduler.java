package dev.flotilla.operator.port;

import java.time.Duration;

/// Runs something later, or soon beside the caller. What it runs may block.
public interface Scheduler {

  /// Runs `task` once after `delay`; closing the registration before that cancels it.
  StopSignal.Registration after(Duration delay, Runnable task);
}
