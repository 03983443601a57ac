package dev.flotilla.operator.core.gate;

import dev.flotilla.crds.condition.Reason;

/// What a gate says of a step.
public sealed interface Verdict {

  /// This gate has nothing against it.
  record Pass() implements Verdict {}

  /// Not now.
  ///
  /// @param message subject, fact and the act that ends it
  record Veto(Reason reason, String message) implements Verdict {}

  static Verdict pass() {
    return new Pass();
  }

  static Verdict veto(Reason reason, String message) {
    return new Veto(reason, message);
  }
}
