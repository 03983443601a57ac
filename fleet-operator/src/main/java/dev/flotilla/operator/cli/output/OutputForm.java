package dev.flotilla.operator.cli.output;

/// How an answer is written. The constants are spelled as people type them.
public enum OutputForm {
  /// For people, as wide as the screen.
  table,
  /// For people, with every column.
  wide,
  /// For programs.
  json,
  /// For programs and for people who like it.
  yaml,
  /// Names alone, one a line, as `kubectl` takes them.
  name;

  /// Whether a program reads standard output, so that nothing but the answer may stand there.
  public boolean isForPrograms() {
    return switch (this) {
      case table, wide -> false;
      case json, yaml, name -> true;
    };
  }
}
