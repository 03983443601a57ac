package dev.flotilla.operator.document;

import dev.flotilla.operator.yaml.Objection;
import java.util.List;

/// What a file asks for: what is wrong with it, and what would be done about what it describes.
///
/// @param file as it was named
/// @param checkedBy who looked at it
/// @param objections in the order of the file
/// @param notes what else there is to know, such as what was not looked at
/// @param plans one for each database that the file describes; empty if something is wrong
public record FilePlan(
    String file,
    Checker checkedBy,
    List<Finding> objections,
    List<String> notes,
    List<PlanSheet> plans)
    implements Document {

  public FilePlan {
    objections = List.copyOf(objections);
    notes = List.copyOf(notes);
    plans = List.copyOf(plans);
    if (!objections.isEmpty() && !plans.isEmpty()) {
      throw new IllegalArgumentException("what is wrong is not planned");
    }
  }

  /// Who looked at a file.
  public enum Checker {
    /// The API server, by a dry run: everything that it would say to the real one.
    API_SERVER,
    /// The published schema alone: types, words and limits of single fields.
    SCHEMA,
    /// The reader of saved views.
    VIEW
  }

  /// Something in the file that cannot stay as it is.
  ///
  /// @param path the field, such as `spec.pools[0].name`; empty if it is the file as a whole
  /// @param line from 1
  /// @param column from 1
  /// @param length characters on that line
  /// @param what one clause
  /// @param fix what to write instead; may be empty
  /// @param source that line of the file
  public record Finding(
      String path, int line, int column, int length, String what, String fix, String source) {

    /// Objections with the lines that they point at, in the order of the file.
    public static List<Finding> all(List<Objection> objections, List<String> lines) {
      return objections.stream().sorted().map(objection -> of(objection, lines)).toList();
    }

    private static Finding of(Objection objection, List<String> lines) {
      var spot = objection.spot();
      return new Finding(
          objection.path(),
          spot.line(),
          spot.column(),
          spot.length(),
          objection.what(),
          objection.fix(),
          spot.line() <= lines.size() ? lines.get(spot.line() - 1) : "");
    }
  }
}
