package dev.flotilla.operator.josdk;

import io.javaoperatorsdk.operator.processing.event.rate.RateLimiter;
import io.javaoperatorsdk.operator.processing.event.rate.RateLimiter.RateLimitState;
import java.time.Duration;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/// How fast the turns of one cluster follow each other: each begins half a second after the one
/// before at the earliest, and later the more clusters wait for a turn, but never more than five
/// seconds. The very first turn, which adds the finalizer, is not counted.
///
/// Three new pods bring a dozen events within a second or two: a turn that waits a moment sees them
/// all, and writes once what many would have written piecemeal. In a crowd, whoever has no member
/// yet comes before whoever reports on its own. Whatever comes while a turn waits is not lost, it
/// is seen by that turn.
///
/// The SDK's own limiter reads the clock on the wall, which may go back by an hour.
final class Pace implements RateLimiter<Pace.Turns> {

  static final Duration GAP = Duration.ofMillis(500);
  static final Duration LONGEST = Duration.ofSeconds(5);

  /// So many waiting clusters make the gap as long again.
  static final int CROWD = 8;

  private final LongSupplier nanos;
  private final IntSupplier waiting;

  /// @param nanos a clock that never goes back, as [System#nanoTime] is
  /// @param waiting how many clusters wait for a turn now
  Pace(LongSupplier nanos, IntSupplier waiting) {
    this.nanos = nanos;
    this.waiting = waiting;
  }

  /// What is remembered of one cluster.
  static final class Turns implements RateLimitState {

    private int free = 1;
    private Optional<Long> began = Optional.empty();
  }

  @Override
  public Turns initState() {
    return new Turns();
  }

  /// @return how long the turn has to wait; empty if it begins now
  @Override
  public Optional<Duration> isLimited(RateLimitState state) {
    var turns = (Turns) state;
    long now = nanos.getAsLong();
    if (turns.free > 0) {
      turns.free--;
      return Optional.empty();
    }
    var rest = turns.began.map(began -> gap().minusNanos(now - began));
    if (rest.filter(Duration::isPositive).isPresent()) {
      return rest;
    }
    turns.began = Optional.of(now);
    return Optional.empty();
  }

  private Duration gap() {
    var gap = GAP.plus(GAP.multipliedBy(waiting.getAsInt()).dividedBy(CROWD));
    return gap.compareTo(LONGEST) < 0 ? gap : LONGEST;
  }
}
