package dev.flotilla.chaos.lab.progress;

import java.time.Duration;
import java.util.Locale;

/// How a duration is written: `7.9s`, `48s`, `5m02s`.
final class Elapsed {

  private static final int TENTHS_BELOW_SECONDS = 20;

  private Elapsed() {}

  static String text(Duration duration) {
    if (duration.toSeconds() < TENTHS_BELOW_SECONDS) {
      return String.format(Locale.ROOT, "%.1fs", duration.toMillis() / 1000.0);
    }
    return duration.toMinutes() == 0
        ? duration.toSeconds() + "s"
        : String.format(Locale.ROOT, "%dm%02ds", duration.toMinutes(), duration.toSecondsPart());
  }
}
