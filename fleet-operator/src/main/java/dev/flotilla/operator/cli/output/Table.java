package dev.flotilla.operator.cli.output;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Rows in aligned columns. If they are too wide, whole columns go, in the stated order; what is
/// shown is never cut.
///
/// @param columns their headings
/// @param dispensable numbers of columns that may go, the first to go first
/// @param rows each with a cell for every column
public record Table(List<String> columns, List<Integer> dispensable, List<List<String>> rows) {

  private static final String GAP = "  ";

  public Table {
    columns = List.copyOf(columns);
    dispensable = List.copyOf(dispensable);
    rows = rows.stream().map(List::copyOf).toList();
  }

  /// The rows without the heading.
  public List<String> rows(int width) {
    var lines = lines(width);
    return lines.subList(1, lines.size());
  }

  /// Heading and rows, at most `width` columns wide if leaving columns out can achieve it.
  public List<String> lines(int width) {
    var shown = new ArrayList<>(IntStream.range(0, columns.size()).boxed().toList());
    for (Integer column : dispensable) {
      if (width(shown) > width) {
        shown.removeIf(column::equals);
      }
    }
    var lines = new ArrayList<String>();
    lines.add(line(columns, shown));
    rows.forEach(row -> lines.add(line(row, shown)));
    return lines;
  }

  private String line(List<String> cells, List<Integer> shown) {
    var line = new StringBuilder();
    for (int column : shown) {
      var cell = cells.get(column);
      line.append(cell).append(" ".repeat(width(column) - cell.length())).append(GAP);
    }
    return line.toString().stripTrailing();
  }

  private int width(List<Integer> shown) {
    return shown.stream().mapToInt(this::width).sum() + GAP.length() * (shown.size() - 1);
  }

  private int width(int column) {
    return rows.stream()
        .mapToInt(row -> row.get(column).length())
        .reduce(columns.get(column).length(), Math::max);
  }
}
