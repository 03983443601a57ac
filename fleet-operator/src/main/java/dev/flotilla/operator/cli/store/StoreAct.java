package dev.flotilla.operator.cli.store;

import dev.flotilla.operator.cli.output.Printing;
import dev.flotilla.operator.cli.output.Screen;
import dev.flotilla.operator.cli.output.Words;
import dev.flotilla.operator.document.Document;
import java.util.ArrayList;
import java.util.List;

/// What a command has done about the store.
///
/// @param done one sentence
/// @param next what to do then, a command or a sentence; empty if there is nothing
public record StoreAct(String done, String next) implements Document, Printing {

  @Override
  public List<String> text(Screen screen) {
    var lines = new ArrayList<>(Words.wrap("", done, screen.width()));
    if (!next.isEmpty()) {
      lines.add("next  " + next);
    }
    return lines;
  }

  @Override
  public Document document() {
    return this;
  }

  @Override
  public List<String> names() {
    return List.of("store/" + StoreNotes.NAME);
  }
}
