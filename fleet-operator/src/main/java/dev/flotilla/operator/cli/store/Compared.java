package dev.flotilla.operator.cli.store;

import dev.flotilla.operator.cli.output.Mark;
import dev.flotilla.operator.cli.output.Printing;
import dev.flotilla.operator.cli.output.Screen;
import dev.flotilla.operator.cli.output.Table;
import dev.flotilla.operator.cli.output.Words;
import dev.flotilla.operator.document.Document;
import dev.flotilla.operator.document.StoreComparison;
import java.util.ArrayList;
import java.util.List;

/// A comparison, as it is printed.
record Compared(StoreComparison comparison) implements Printing {

  private static final List<String> COLUMNS =
      List.of("", "DATABASE", "DIFFERENCE", "SUBJECT", "MESSAGE");

  @Override
  public List<String> text(Screen screen) {
    var lines = new ArrayList<String>();
    var differences = comparison.differences();
    lines.add(
        "%d databases, %d members recorded, %d differences"
            .formatted(comparison.clusters(), comparison.members(), differences.size()));
    if (!differences.isEmpty()) {
      var mark = Mark.WARN.sign(screen.unicode());
      var rows =
          differences.stream()
              .map(row -> List.of(mark, row.cluster(), row.kind(), row.subject(), row.meaning()))
              .toList();
      lines.addAll(new Table(COLUMNS, List.of(4), rows).lines(screen.width()));
    }
    if (!comparison.silent().isEmpty()) {
      lines.addAll(
          Words.wrap(
              Mark.UNKNOWN.sign(screen.unicode()) + " ",
              "engines not asked: " + String.join(", ", comparison.silent()),
              screen.width()));
    }
    return lines;
  }

  @Override
  public Document document() {
    return comparison;
  }

  @Override
  public List<String> names() {
    return comparison.differences().stream().map(StoreComparison.Row::subject).toList();
  }
}
