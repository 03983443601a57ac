package dev.flotilla.chaos.bench.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Counts what callers get done who all do one thing after the other.
///
/// @param time for which it counts
record Meter(Duration time) {

  interface Work {
    void once(int caller) throws Exception;
  }

  /// How often a second all callers together did it.
  double perSecond(int callers, Work work) throws Exception {
    long begin = System.nanoTime();
    long end = begin + time.toNanos();
    long done = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var counts = new ArrayList<Future<Long>>();
      for (int i = 0; i < callers; i++) {
        int caller = i;
        counts.add(
            threads.submit(() -> {
              long count = 0;
              while (System.nanoTime() < end) {
                work.once(caller);
                count++;
              }
              return count;
            }));
      }
      for (var count : counts) {
        done += count.get();
      }
    }
    return done / ((System.nanoTime() - begin) / 1e9);
  }
}
