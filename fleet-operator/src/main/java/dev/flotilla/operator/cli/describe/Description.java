package dev.flotilla.operator.cli.describe;

import dev.flotilla.operator.cli.output.Printing;
import dev.flotilla.operator.cli.output.Screen;
import dev.flotilla.operator.document.Document;
import java.util.List;

/// A database as a tree.
///
/// @param cause the names from below the root down to the deepest cause; empty if nothing is wrong
/// @param tree the database itself
public record Description(String namespace, String name, List<String> cause, Branch tree)
    implements Document, Printing {

  public Description {
    cause = List.copyOf(cause);
  }

  @Override
  public List<String> text(Screen screen) {
    return new TreeText(screen).lines(this);
  }

  @Override
  public Document document() {
    return this;
  }

  @Override
  public List<String> names() {
    return List.of(Printing.database(name));
  }
}
