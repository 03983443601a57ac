package dev.flotilla.operator.cli.output;

import java.util.List;

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
  PENDING(4, "not yet: with --exit-code or --timeout, something is still to be done"),
  /// There is no such thing.
  ABSENT(5, "there is no such thing"),
  /// The caller may not.
  FORBIDDEN(6, "not allowed; the missing right is printed"),
  /// What is to be taken back cannot be any more.
  TOO_LATE(7, "too late: a member was given up before it was taken back"),
  /// Nobody looks on any more, and what was begun goes on: what a shell makes of Ctrl-C.
  DETACHED(130, "interrupted while waiting; what was begun goes on");

  /// How a command ends that only looks.
  public static final List<Exit> OF_LOOKING =
      List.of(DONE, FAULT, USAGE, REFUSED, PENDING, ABSENT, FORBIDDEN);

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
