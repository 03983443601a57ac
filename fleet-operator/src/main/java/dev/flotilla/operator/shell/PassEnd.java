package dev.flotilla.operator.shell;

import java.time.Duration;
import java.util.Optional;

/// How a pass ended: what its caller has to arrange for.
public sealed interface PassEnd {

  /// Look again when something changes, or after `again` at the latest.
  ///
  /// @param again empty if nothing asks for a time
  record Waiting(Optional<Duration> again) implements PassEnd {}

  /// The cluster's resource is being deleted and none of its pods is left: it may go.
  record Stopped() implements PassEnd {}

  static PassEnd waiting() {
    return new Waiting(Optional.empty());
  }

  static PassEnd again(Duration delay) {
    return new Waiting(Optional.of(delay));
  }
}
