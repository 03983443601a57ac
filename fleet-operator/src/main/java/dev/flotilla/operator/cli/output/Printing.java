package dev.flotilla.operator.cli.output;

import dev.flotilla.operator.document.Document;
import java.util.List;

/// An answer in each form in which it can be asked for; all of them print the same facts.
///
/// Source: UX-4 in docs/requirements.md.
public interface Printing {

  /// For people.
  ///
  /// @param screen what can be shown, and how wide
  List<String> text(Screen screen);

  /// For programs.
  Document document();

  /// The names of what was asked for, such as `databasecluster.flotilla.dev/search`.
  List<String> names();

  /// A database among [#names].
  static String database(String name) {
    return "databasecluster.flotilla.dev/" + name;
  }
}
