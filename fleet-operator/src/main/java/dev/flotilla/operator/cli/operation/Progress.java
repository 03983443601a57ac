package dev.flotilla.operator.cli.operation;

import dev.flotilla.operator.cli.call.Session;
import dev.flotilla.operator.cli.operation.OperationSheet.Left;
import dev.flotilla.operator.cli.output.Mark;
import java.util.Locale;

/// Tells beside the answer how an operation goes on: a line whenever it comes to something else, or
/// another tenth of the data has moved, or an end can be told and could not before. Nothing is
/// drawn in place, so that a pipe keeps the story.
final class Progress {

  private static final double GIB = 1024.0 * 1024 * 1024;
  private static final int TENTH = 10;

  private final Session session;
  private String told = "";

  Progress(Session session) {
    this.session = session;
  }

  /// To be called by one thread.
  void show(OperationSheet operation) {
    var left = operation.left().stream().findFirst();
    var now =
        operation.phase()
            + operation.outcome()
            + operation.reason()
            + left.map(Progress::tenth).orElse("")
            + left.map(Progress::turn).orElse("");
    if (operation.isOver() || now.equals(told)) {
      return;
    }
    told = now;
    var moved = left.map(it -> "  " + text(it) + outlook(it)).orElse("");
    session.hint(
        "%s %s%s  %s"
            .formatted(
                Mark.WORKING.sign(session.console().errTerminal().unicode()),
                operation.phase(),
                moved,
                operation.message()));
  }

  private static String tenth(Left left) {
    return Long.toString(
        left.copiesTotal() == 0
            ? 0
            : TENTH * (left.copiesTotal() - left.copiesLeft()) / left.copiesTotal());
  }

  /// Whether an end can be told, or nothing moves.
  private static String turn(Left left) {
    return left.endsAt().isEmpty() + left.stalledSince();
  }

  private String outlook(Left left) {
    var words = left.outlook(session.now());
    return words.isEmpty() ? "" : ", " + words;
  }

  private static String text(Left left) {
    return String.format(
        Locale.ROOT,
        "%s  %.1f of %.1f GiB and %d of %d copies left",
        left.done(),
        left.bytesLeft() / GIB,
        left.bytesTotal() / GIB,
        left.copiesLeft(),
        left.copiesTotal());
  }
}
