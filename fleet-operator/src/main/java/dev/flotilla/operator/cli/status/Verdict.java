package dev.flotilla.operator.cli.status;

import dev.flotilla.operator.cli.output.Mark;

/// What a database asks of the person who looks, gravest first.
public enum Verdict {
  /// Only a person can end it.
  PROBLEM(Mark.FAIL),
  /// In progress, and expected to end by itself.
  WORKING(Mark.WORKING),
  /// The operator has not reported, or not on the newest specification.
  UNKNOWN(Mark.UNKNOWN),
  /// Neither.
  FINE(Mark.OK);

  private final Mark mark;

  Verdict(Mark mark) {
    this.mark = mark;
  }

  /// @param unicode whether other characters than ASCII can be shown
  public String mark(boolean unicode) {
    return mark.sign(unicode);
  }
}
