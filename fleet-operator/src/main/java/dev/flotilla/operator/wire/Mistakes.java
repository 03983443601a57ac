package dev.flotilla.operator.wire;

import java.util.ArrayList;
import java.util.List;

/// Collects what is wrong with a written value, so that all of it is told at once.
final class Mistakes {

  /// @param pointer to the value, or to the field if it should not be there
  /// @param what one clause, lower case
  /// @param fix what to write instead
  /// @param isAboutTheName whether the field should not be there at all
  record Mistake(String pointer, String what, String fix, boolean isAboutTheName) {}

  private final List<Mistake> all = new ArrayList<>();

  void add(String pointer, String what, String fix) {
    all.add(new Mistake(pointer, what, fix, false));
  }

  /// A field that should not be there.
  void addName(String pointer, String what, String fix) {
    all.add(new Mistake(pointer, what, fix, true));
  }

  List<Mistake> all() {
    return List.copyOf(all);
  }
}
