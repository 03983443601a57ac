package dev.flotilla.chaos.bench;

import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// One contender in one round.
///
/// @param pods how many were asked for, all of which came
/// @param time from the first write to the watch event of the last pod
/// @param writes for each tenant until then, events not counted; bindings and what KWOK writes are
///   not either
/// @param processors processor time until then, by process
record Lap(int pods, Duration time, double writes, SortedMap<String, Duration> processors) {

  Lap {
    processors = Collections.unmodifiableSortedMap(new TreeMap<>(processors));
  }

  /// Pods a second.
  double speed() {
    return pods / (time.toNanos() / 1e9);
  }
}
