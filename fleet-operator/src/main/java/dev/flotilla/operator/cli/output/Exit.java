package dev.flotilla.operator.cli.output;

/// How a command ends. Scripts rely on the numbers; they never change their meaning.
///
/// Source: UX-15 in docs/requirements.md.
public enum Exit {
  /// Done, or nothing to do.
  DONE(0, "done, or nothing to do"),
  /// A fault, or the API server gives no answer.
  FAULT(1, "a fault, or a server gives no answer"),
  /// Wrong usage.
  USAGE(2, "wrong usage"),
  /// The answer is no.
  REFUSED(3, "the answer is no: unhealthy, refused or impossible"),
  /// Nothing is wrong, but something is not finished.
  PENDING(4, "not yet: with --exit-code, something is still to be done"),
  /// There is no such thing.
  ABSENT(5, "there is no such thing"),
  /// The caller may not.
  FORBIDDEN(6, "not allowed; the missing right is printed");

  private final int code;
  private final String meaning;

  Exit(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  /// What the operating system is told.
  public int code() {
    return code;
  }

  /// What it means, for the end of each `--help`.
  public String meaning() {
    return meaning;
  }
}
