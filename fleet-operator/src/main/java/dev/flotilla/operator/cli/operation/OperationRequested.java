package dev.flotilla.operator.cli.operation;

import dev.flotilla.operator.cli.output.Printing;
import dev.flotilla.operator.cli.output.Screen;
import dev.flotilla.operator.cli.output.Words;
import dev.flotilla.operator.document.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What was asked for with `drain` or `restart`, what was known of it before, and how it goes.
///
/// @param done one sentence
/// @param made whether there is such an operation
/// @param foreseen what was known before it was made
/// @param operation as it is now, or as it would be made
/// @param next what to type then; empty if there is nothing
public record OperationRequested(
    String done, boolean made, Prospect foreseen, OperationSheet operation, String next)
    implements Document, Printing {

  @Override
  public List<String> text(Screen screen) {
    var lines = new ArrayList<>(Words.wrap("", done, screen.width()));
    lines.addAll(Words.wrap("members   ", operation.names(), screen.width()));
    var verdict = foreseen.verdict().name().toLowerCase(Locale.ROOT);
    lines.addAll(
        Words.wrap(
            "foreseen  ",
            String.join(" ", verdict + ":", foreseen.reason(), foreseen.message()),
            screen.width()));
    if (made) {
      lines.addAll(operation.lines(screen));
    }
    if (!next.isEmpty()) {
      lines.add("next      " + next);
    }
    return lines;
  }

  @Override
  public Document document() {
    return this;
  }

  @Override
  public List<String> names() {
    return made ? List.of(operation.resource()) : List.of();
  }
}
