package dev.flotilla.operator.engine.elasticsearch;

import java.time.Duration;

/// How long one may still wait, by the clock that never jumps.
///
/// @param end in the terms of `System.nanoTime`
record Patience(long end) {

  static Patience of(Duration duration) {
    return new Patience(System.nanoTime() + duration.toNanos());
  }

  /// What is left, not less than nothing.
  Duration left() {
    return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
  }

  boolean isOver() {
    return left().isZero();
  }

  /// An equal part of what is left for the next of `parties`, but at least `least` if so much is
  /// left.
  Patience share(int parties, Duration least) {
    var left = left();
    var equal = left.dividedBy(parties);
    var wanted = equal.compareTo(least) > 0 ? equal : least;
    return of(wanted.compareTo(left) < 0 ? wanted : left);
  }
}
