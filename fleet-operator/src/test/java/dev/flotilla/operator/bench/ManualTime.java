package dev.flotilla.operator.bench;

import dev.flotilla.operator.port.Scheduler;
import dev.flotilla.operator.port.StopSignal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Time that passes only when a test says so. Used by one thread.
public final class ManualTime implements Scheduler, InstantSource {

  private final List<Task> tasks = new ArrayList<>();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  private record Task(Instant due, Runnable act) {}

  @Override
  public Instant instant() {
    return now;
  }

  /// A clock that only shows how much time has passed.
  long nanos() {
    return Duration.between(Instant.EPOCH, now).toNanos();
  }

  @Override
  public StopSignal.Registration after(Duration delay, Runnable act) {
    var task = new Task(now.plus(delay), act);
    tasks.add(task);
    return () -> tasks.remove(task);
  }

  /// Lets time pass and runs what falls due, in order.
  public void advance(Duration step) {
    var until = now.plus(step);
    for (var due = next(until); due != null; due = next(until)) {
      tasks.remove(due);
      now = due.due().isAfter(now) ? due.due() : now;
      due.act().run();
    }
    now = until;
  }

  private Task next(Instant until) {
    return tasks.stream()
        .filter(task -> !task.due().isAfter(until))
        .min(Comparator.comparing(Task::due))
        .orElse(null);
  }
}
