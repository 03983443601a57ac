package dev.flotilla.operator.document;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the comment above a record says of it and of its components, so that a published schema
/// needs no second description.
///
/// @param summary the sentences before the first `@param`
/// @param components by name
public record Comments(String summary, Map<String, String> components) {

  private static final List<Path> SOURCES =
      List.of(Path.of("src", "main", "java"), Path.of("..", "topology").resolve("src/main/java"));

  private static final String PARAM = "@param ";

  public static Comments of(Class<?> type) {
    var outermost = type;
    while (outermost.getEnclosingClass() != null) {
      outermost = outermost.getEnclosingClass();
    }
    var name = outermost.getName().replace('.', '/') + ".java";
    var file =
        SOURCES.stream()
            .map(folder -> folder.resolve(name))
            .filter(Files::exists)
            .findFirst()
            .orElseThrow(() -> new AssertionError("no source of " + type));
    try {
      return read(Files.readAllLines(file), type.getSimpleName());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Comments read(List<String> lines, String name) {
    var comment = new ArrayList<String>();
    for (String line : lines) {
      var stripped = line.strip();
      if (stripped.startsWith("///")) {
        comment.add(stripped.substring(3).strip());
      } else if (stripped.matches(".*\\b(record|enum|interface) " + name + "\\b.*")) {
        return of(comment);
      } else if (!stripped.startsWith("@")) {
        comment.clear();
      }
    }
    return new Comments("", Map.of());
  }

  private static Comments of(List<String> comment) {
    var summary = new StringBuilder();
    var components = new LinkedHashMap<String, String>();
    String current = "";
    boolean source = false;
    for (String line : comment) {
      source = (source || line.startsWith("Source:")) && !line.startsWith(PARAM);
      if (source) {
        continue;
      }
      if (line.startsWith(PARAM)) {
        var words = line.substring(PARAM.length()).split(" ", 2);
        current = words[0];
        components.put(current, words[1]);
      } else if (!current.isEmpty()) {
        components.merge(current, line, (before, more) -> (before + " " + more).strip());
      } else {
        summary.append(line.isEmpty() ? "" : " " + line);
      }
    }
    return new Comments(summary.toString().strip(), components);
  }
}
