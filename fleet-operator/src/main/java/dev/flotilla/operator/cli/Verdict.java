package dev.flotilla.operator.cli;

/// What a database asks of the person who looks, gravest first.
public enum Verdict {
  /// Only a person can end it.
  PROBLEM("✗", "FAIL"),
  /// In progress, and expected to end by itself.
  WORKING("»", ".."),
  /// The operator has not reported, or not on the newest specification.
  UNKNOWN("?", "?"),
  /// Neither.
  FINE("✓", "ok");

  private final String mark;
  private final String plain;

  Verdict(String mark, String plain) {
    this.mark = mark;
    this.plain = plain;
  }

  /// @param unicode whether other characters than ASCII can be shown
  String mark(boolean unicode) {
    return unicode ? mark : plain;
  }
}
