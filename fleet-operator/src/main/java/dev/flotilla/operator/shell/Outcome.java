package dev.flotilla.operator.shell;

import dev.flotilla.operator.core.step.Hold;
import java.time.Duration;

/// What became of one step.
///
/// Source: docs/adr/0003-results-are-values.md
sealed interface Outcome {

  /// It has happened.
  record Done() implements Outcome {}

  /// Something that will change by itself stands in the way, such as an older pod of the same name.
  record Waiting() implements Outcome {}

  /// Not now; ask again after this.
  record RetryAfter(Duration delay) implements Outcome {}

  /// It was refused; what is held because of it.
  record Refused(Hold hold) implements Outcome {}

  /// It may or may not have happened: look before anything else is done.
  record Unconfirmed(String why) implements Outcome {}

  /// The outcome in one word, for logs and metrics.
  default String word() {
    return switch (this) {
      case Done done -> "done";
      case Waiting waiting -> "waiting";
      case RetryAfter retry -> "retry";
      case Refused refused -> "refused";
      case Unconfirmed unconfirmed -> "unconfirmed";
    };
  }
}
