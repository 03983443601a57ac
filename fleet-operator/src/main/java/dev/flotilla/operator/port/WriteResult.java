package dev.flotilla.operator.port;

import java.time.Duration;
import java.util.Optional;

/// What became of a write to Kubernetes.
///
/// Source: docs/adr/0003-results-are-values.md
public sealed interface WriteResult {

  /// It is there.
  record Done() implements WriteResult {}

  /// Kubernetes said no, and nothing was changed.
  ///
  /// @param code HTTP status, 400 to 499
  /// @param message Kubernetes' own words
  record Rejected(int code, Cause cause, String message) implements WriteResult {}

  /// It was not carried out now; ask again no sooner than this.
  record RetryAfter(Duration delay, String message) implements WriteResult {}

  /// It may or may not have happened. Only a read can tell.
  record Unconfirmed(String message) implements WriteResult {}

  /// Why it may not be there; empty if it is.
  default Optional<String> objection() {
    return switch (this) {
      case Done done -> Optional.empty();
      case Rejected(var code, var cause, var message) -> Optional.of(message);
      case RetryAfter(var delay, var message) -> Optional.of(message);
      case Unconfirmed(var message) -> Optional.of(message);
    };
  }

  /// Why Kubernetes said no, as far as it matters to us.
  enum Cause {
    /// An object of that name exists already.
    ALREADY_EXISTS,
    /// There is no such object.
    NOT_FOUND,
    /// The object is not the one, or not in the state, that the write named.
    CHANGED,
    /// Another field manager owns a field that we wanted to set.
    FIELD_OWNED,
    /// A right is missing, a quota is used up, or a policy refuses it.
    FORBIDDEN,
    /// Anything else: the object is malformed.
    INVALID
  }
}
