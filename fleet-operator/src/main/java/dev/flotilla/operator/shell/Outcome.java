package dev.flotilla.operator.shell;

import dev.flotilla.operator.core.step.Hold;
import java.time.Duration;
import java.util.Optional;

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
  ///
  /// @param hold what is said about it meanwhile
  record Unconfirmed(Hold hold) implements Outcome {}

  /// It did not happen, because things are no longer as the plan saw them: look again.
  record Outdated() implements Outcome {}

  /// What is held because of it.
  default Optional<Hold> held() {
    return switch (this) {
      case Done done -> Optional.empty();
      case Waiting waiting -> Optional.empty();
      case RetryAfter retry -> Optional.empty();
      case Refused(var hold) -> Optional.of(hold);
      case Unconfirmed(var hold) -> Optional.of(hold);
      case Outdated outdated -> Optional.empty();
    };
  }

  /// The outcome in one word, for logs and metrics.
  default String word() {
    return switch (this) {
      case Done done -> "done";
      case Waiting waiting -> "waiting";
      case RetryAfter retry -> "retry";
      case Refused refused -> "refused";
      case Unconfirmed unconfirmed -> "unconfirmed";
      case Outdated outdated -> "outdated";
    };
  }
}
