package dev.flotilla.operator.core.gate;

import dev.flotilla.crds.condition.Reason;
import java.time.Instant;
import java.util.Optional;

/// What a gate says of a step.
public sealed interface Verdict {

  /// This gate has nothing against it.
  record Pass() implements Verdict {}

  /// Not now.
  ///
  /// @param message subject, fact and the act that ends it
  /// @param until when time alone may have ended it; empty if only an event can
  record Veto(Reason reason, String message, Optional<Instant> until) implements Verdict {}

  static Verdict pass() {
    return new Pass();
  }

  static Verdict veto(Reason reason, String message) {
    return new Veto(reason, message, Optional.empty());
  }
}
