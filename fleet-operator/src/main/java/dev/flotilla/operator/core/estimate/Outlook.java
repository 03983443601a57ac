package dev.flotilla.operator.core.estimate;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/// When a member that drains will hold nothing, as far as can be said.
///
/// Source: UX-10 in docs/requirements.md
public sealed interface Outlook {

  /// It is too early to say, or what is left does not become less.
  record Unclear() implements Outlook {}

  /// At this pace.
  ///
  /// @param bytesPerSecond that leave it
  /// @param at when nothing is left
  /// @param earliest at the highest pace that was seen lately
  /// @param latest at the lowest
  record Ends(long bytesPerSecond, Instant at, Instant earliest, Instant latest)
      implements Outlook {}

  /// Nothing has left it for so long that no pace can be told.
  ///
  /// @param since when something left it last
  record Stalled(Instant since) implements Outlook {}

  /// One clause for people; empty if nothing can be said.
  ///
  /// @param now the moment at which they read it
  default String words(Instant now) {
    return switch (this) {
      case Unclear unclear -> "";
      case Ends(var rate, var at, var earliest, var latest) ->
          String.format(
              Locale.ROOT,
              "%.1f MiB/s, about %s left (%s to %s)",
              rate / (double) (1 << 20),
              span(now, at),
              span(now, earliest),
              span(now, latest));
      case Stalled(var since) -> "nothing has left it for %s".formatted(span(since, now));
    };
  }

  private static String span(Instant from, Instant to) {
    var left = Duration.between(from, to);
    if (left.compareTo(Duration.ofMinutes(1)) < 0) {
      return Math.max(0, left.toSeconds()) + " s";
    }
    return left.compareTo(Duration.ofMinutes(100)) < 0
        ? left.plusSeconds(30).toMinutes() + " min"
        : left.plusMinutes(30).toHours() + " h";
  }
}
