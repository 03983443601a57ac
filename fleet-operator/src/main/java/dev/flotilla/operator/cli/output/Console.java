package dev.flotilla.operator.cli.output;

import dev.flotilla.operator.document.Documents;
import java.io.PrintStream;
import java.time.Instant;

/// The two streams of a command: the answer goes to one, everything else to the other.
///
/// Source: UX-13, UX-14 in docs/requirements.md.
///
/// @param out for the answer
/// @param err for everything else
/// @param outTerminal what `out` can show
/// @param errTerminal what `err` can show
public record Console(
    PrintStream out, PrintStream err, Terminal outTerminal, Terminal errTerminal) {

  /// Prints an answer in the form that was asked for.
  ///
  /// @return the exit code
  public int print(Answer answer, OutputForm form, String program, Instant now) {
    switch (answer) {
      case Answer.Told told -> {
        var printing = told.printing();
        switch (form) {
          case table -> text(printing, new Screen(unicode(), outTerminal.width(), program, now));
          case wide -> text(printing, new Screen(unicode(), Screen.UNLIMITED, program, now));
          case json -> out.println(Documents.json(printing.document()));
          case yaml -> out.println(Documents.yaml(printing.document()));
          case name -> printing.names().forEach(out::println);
        }
      }
      case Answer.Failed failed ->
          failed.problems().stream()
              .flatMap(problem -> problem.lines().stream())
              .forEach(this::aside);
    }
    return answer.exit().code();
  }

  /// A line of the answer.
  public void say(String line) {
    out.println(outTerminal.colour() ? Mark.paint(line) : line);
  }

  /// A line beside the answer: a hint, a warning, an error.
  public void aside(String line) {
    err.println(errTerminal.colour() ? Mark.paint(line) : line);
  }

  private boolean unicode() {
    return outTerminal.unicode();
  }

  private void text(Printing printing, Screen screen) {
    printing.text(screen).forEach(this::say);
  }
}
