package dev.flotilla.operator.wire;

import dev.flotilla.operator.yaml.Objection;
import dev.flotilla.operator.yaml.YamlDocument;
import java.util.ArrayList;
import java.util.List;

/// Collects what is wrong with a document, so that all of it is told at once.
final class Mistakes {

  private final YamlDocument document;
  private final List<Objection> all = new ArrayList<>();

  Mistakes(YamlDocument document) {
    this.document = document;
  }

  /// @param pointer to the value
  /// @param what one clause, lower case
  /// @param fix what to write instead
  void add(String pointer, String what, String fix) {
    all.add(document.toValue(pointer, what, fix));
  }

  /// A field that should not be there.
  void addName(String pointer, String what, String fix) {
    all.add(document.toField(pointer, what, fix));
  }

  List<Objection> all() {
    return List.copyOf(all);
  }
}
