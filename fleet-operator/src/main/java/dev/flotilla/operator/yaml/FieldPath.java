package dev.flotilla.operator.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Names of fields: as JSON pointers within programs, and as the API server and people write them,
/// such as `spec.pools[0].storage.size`.
public final class FieldPath {

  private FieldPath() {}

  /// The path that a pointer names. A name with a dot stands in brackets.
  public static String ofPointer(String pointer) {
    var path = new StringBuilder();
    for (String step : steps(pointer)) {
      if (step.matches("\\d+") || step.contains(".")) {
        path.append('[').append(step).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step);
      }
    }
    return path.toString();
  }

  /// The pointer that a path of the API server means in a document.
  ///
  /// A path does not say where a name with dots ends, so the longest name that is there is taken.
  public static String pointer(JsonNode tree, String path) {
    var pointer = new StringBuilder();
    var node = tree;
    var words = new ArrayList<>(words(path));
    while (!words.isEmpty()) {
      int taken = 1;
      for (int count = words.size(); count > 1; count--) {
        if (node.has(String.join(".", words.subList(0, count)))) {
          taken = count;
          break;
        }
      }
      var name = String.join(".", words.subList(0, taken));
      words.subList(0, taken).clear();
      pointer.append('/').append(escape(name));
      node =
          node.isArray() && name.matches("\\d+")
              ? node.path(Integer.parseInt(name))
              : node.path(name);
    }
    return pointer.toString();
  }

  /// A name as a step of a pointer.
  public static String escape(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  /// The names that a pointer is made of.
  public static List<String> steps(String pointer) {
    return pointer.isEmpty()
        ? List.of()
        : Arrays.stream(pointer.substring(1).split("/", -1))
            .map(step -> step.replace("~1", "/").replace("~0", "~"))
            .toList();
  }

  /// Splits at dots and brackets: `a.b[0].c` is a, b, 0, c.
  private static List<String> words(String path) {
    var words = new ArrayList<String>();
    for (String part : path.split("[.\\[\\]]+")) {
      if (!part.isEmpty()) {
        words.add(part);
      }
    }
    return words;
  }
}
