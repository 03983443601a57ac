package dev.flotilla.crds.condition;

/// Which status of a condition is the good one.
public enum Polarity {
  /// `True` is good, `False` asks for a look.
  TRUE_IS_GOOD,

  /// Neither is better; the condition only tells what is going on.
  NEUTRAL,

  /// `True` asks for a look, `False` is good.
  TRUE_IS_BAD
}
