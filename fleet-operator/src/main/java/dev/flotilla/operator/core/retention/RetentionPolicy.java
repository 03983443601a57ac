package dev.flotilla.operator.core.retention;

import java.time.Duration;
import java.util.Optional;

/// For how long volumes are kept that no member uses any more.
///
/// @param whenScaled those of members that have gone; empty for ever
/// @param whenDeleted those of a database that was deleted; empty for ever
public record RetentionPolicy(Optional<Duration> whenScaled, Optional<Duration> whenDeleted) {

  /// All are kept.
  public static final RetentionPolicy KEEP =
      new RetentionPolicy(Optional.empty(), Optional.empty());
}
