package dev.flotilla.operator.cli.output;

import java.util.List;

/// What a command has to say.
public sealed interface Answer {

  /// How the command ends.
  Exit exit();

  /// It has an answer, good or bad.
  record Told(Exit exit, Printing printing) implements Answer {}

  /// It has none, for each of these reasons.
  record Failed(Exit exit, List<Problem> problems) implements Answer {
    public Failed {
      problems = List.copyOf(problems);
    }
  }

  /// It has none, for one reason.
  static Answer failed(Exit exit, Problem problem) {
    return new Failed(exit, List.of(problem));
  }
}
