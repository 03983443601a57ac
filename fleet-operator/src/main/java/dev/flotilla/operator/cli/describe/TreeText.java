package dev.flotilla.operator.cli.describe;

import dev.flotilla.operator.cli.output.Screen;
import dev.flotilla.operator.cli.output.Words;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A tree for people. Messages are wrapped under their column and never cut; the lines of the tree
/// go on beside them.
///
/// Source: UX-7 in docs/requirements.md.
final class TreeText {

  private static final String GAP = "  ";
  private static final List<String> COLUMNS =
      List.of("OBJECT", "STATE", "REASON", "SINCE", "MESSAGE");

  /// A message that would have less room gets lines of its own below.
  private static final int ROOM_FOR_WORDS = 40;

  /// @param first what stands before the object
  /// @param then what stands before further lines of the same branch
  private record Row(String first, String then, List<String> cells, String message) {}

  private final Screen screen;
  private final List<Row> rows = new ArrayList<>();

  TreeText(Screen screen) {
    this.screen = screen;
  }

  List<String> lines(Description description) {
    var tree = description.tree();
    var message = description.cause().isEmpty() ? tree.message() : headline(description);
    add("", tree.children().isEmpty() ? "" : bar(), tree, message);
    children("", tree);
    return lines();
  }

  private String headline(Description description) {
    var path = String.join(screen.unicode() ? " › " : " > ", description.cause());
    var old = description.tree().message();
    return "cause " + arrow() + " is " + path + (old.isEmpty() ? "" : "\n" + old);
  }

  private void children(String before, Branch parent) {
    int left = parent.children().size();
    for (Branch child : parent.children()) {
      boolean isLast = --left == 0;
      var below = before + (isLast ? "   " : bar());
      var own = before + (isLast ? corner() : tee());
      var then = below + (child.children().isEmpty() ? "" : bar());
      var mark = arrow() + " cause";
      var message = child.message() + (child.message().isEmpty() ? "" : " ") + mark;
      add(own, then, child, child.cause() ? message : child.message());
      children(below, child);
    }
  }

  private void add(String first, String then, Branch branch, String message) {
    var since =
        branch.since().isEmpty() ? "" : Words.age(Instant.parse(branch.since()), screen.now());
    var cells = List.of(first + branch.object(), branch.state(), branch.reason(), since);
    rows.add(new Row(first, then, cells, message));
  }

  private List<String> lines() {
    var lines = new ArrayList<String>();
    int start = 0;
    for (int column = 0; column < COLUMNS.size() - 1; column++) {
      start += width(column) + GAP.length();
    }
    lines.add(pad(COLUMNS.subList(0, COLUMNS.size() - 1)) + COLUMNS.getLast());
    for (Row row : rows) {
      lines.addAll(start + ROOM_FOR_WORDS > screen.width() ? below(row) : beside(row, start));
    }
    return lines;
  }

  private List<String> beside(Row row, int start) {
    var lines = new ArrayList<String>();
    for (String words : wrapped(row.message(), screen.width() - start)) {
      var before =
          lines.isEmpty() ? pad(row.cells()) : row.then() + " ".repeat(start - row.then().length());
      lines.add((before + words).stripTrailing());
    }
    return lines;
  }

  private List<String> below(Row row) {
    var lines = new ArrayList<>(List.of(pad(row.cells()).stripTrailing()));
    if (!row.message().isEmpty()) {
      var before = row.then() + GAP;
      wrapped(row.message(), Math.max(ROOM_FOR_WORDS, screen.width() - before.length()))
          .forEach(words -> lines.add(before + words));
    }
    return lines;
  }

  /// The lines of a message stay lines.
  private static List<String> wrapped(String message, int width) {
    return message.lines().toList().isEmpty()
        ? List.of("")
        : message.lines().flatMap(line -> Words.wrap("", line, width).stream()).toList();
  }

  private String pad(List<String> cells) {
    var line = new StringBuilder();
    for (int column = 0; column < cells.size(); column++) {
      var cell = cells.get(column);
      line.append(cell).append(" ".repeat(width(column) - cell.length())).append(GAP);
    }
    return line.toString();
  }

  private int width(int column) {
    return rows.stream()
        .mapToInt(row -> row.cells().get(column).length())
        .reduce(COLUMNS.get(column).length(), Math::max);
  }

  private String arrow() {
    return screen.unicode() ? "◄" : "<-";
  }

  private String bar() {
    return screen.unicode() ? "│  " : "|  ";
  }

  private String tee() {
    return screen.unicode() ? "├─ " : "|- ";
  }

  private String corner() {
    return screen.unicode() ? "└─ " : "`- ";
  }
}
