package dev.flotilla.operator.cli.output;

import java.time.Instant;

/// What text for people has to fit.
///
/// @param unicode whether other characters than ASCII can be shown
/// @param width columns; wide tables leave columns out to fit
/// @param program what to type for this program, such as `kubectl flotilla`
/// @param now what ages are counted from
public record Screen(boolean unicode, int width, String program, Instant now) {

  /// Wider than any table.
  static final int UNLIMITED = 10_000;

  /// Whether everything is to be shown, however wide or long.
  public boolean isUnlimited() {
    return width >= UNLIMITED;
  }
}
