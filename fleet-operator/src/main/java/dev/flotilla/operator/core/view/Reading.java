package dev.flotilla.operator.core.view;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/// A fact from outside, or the reason why it is not known.
///
/// Source: D9 in docs/requirements.md; docs/adr/0003-results-are-values.md
public sealed interface Reading<T> {

  /// @param readAt when it was true
  record Known<T>(T value, Instant readAt) implements Reading<T> {}

  /// @param why one clause for people: who did not answer, and how
  record Unknown<T>(String why) implements Reading<T> {}

  /// What follows from the value if it is known.
  default <B> Reading<B> then(Function<T, Reading<B>> next) {
    return switch (this) {
      case Known<T>(var value, var readAt) -> next.apply(value);
      case Unknown<T>(var why) -> new Unknown<>(why);
    };
  }

  /// The same as of the same moment, said otherwise.
  default <B> Reading<B> map(Function<T, B> function) {
    return switch (this) {
      case Known<T>(var value, var readAt) -> new Known<>(function.apply(value), readAt);
      case Unknown<T>(var why) -> new Unknown<>(why);
    };
  }

  /// The value if it is known. For projections only: a decision must say what it does about the
  /// other case.
  default Optional<T> known() {
    return switch (this) {
      case Known<T>(var value, var readAt) -> Optional.of(value);
      case Unknown<T> unknown -> Optional.empty();
    };
  }
}
