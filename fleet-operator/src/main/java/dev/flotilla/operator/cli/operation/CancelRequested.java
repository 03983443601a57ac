package dev.flotilla.operator.cli.operation;

import dev.flotilla.operator.cli.output.Printing;
import dev.flotilla.operator.cli.output.Screen;
import dev.flotilla.operator.cli.output.Words;
import dev.flotilla.operator.document.Document;
import java.util.ArrayList;
import java.util.List;

/// What became of the wish to take operations back.
///
/// @param operations in the order in which they were made; empty if there was none
public record CancelRequested(List<Cancelled> operations) implements Document, Printing {

  public CancelRequested {
    operations = List.copyOf(operations);
  }

  /// One of them.
  ///
  /// @param done one or more sentences
  /// @param tooLate whether a member was given up before
  /// @param operation as it is now
  /// @param next what to type then; empty if there is nothing
  public record Cancelled(String done, boolean tooLate, OperationSheet operation, String next) {}

  @Override
  public List<String> text(Screen screen) {
    var lines = new ArrayList<String>();
    for (var told : operations) {
      lines.addAll(Words.wrap("", told.done(), screen.width()));
      lines.addAll(told.operation().lines(screen));
      if (!told.next().isEmpty()) {
        lines.add("next      " + told.next());
      }
    }
    if (operations.isEmpty()) {
      lines.add("Nothing is to be taken back.");
    }
    return lines;
  }

  @Override
  public Document document() {
    return this;
  }

  @Override
  public List<String> names() {
    return operations.stream().map(it -> it.operation().resource()).toList();
  }
}
