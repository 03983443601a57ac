package dev.flotilla.operator.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Variables, read one by one. What cannot be used is refused by its name, with what it may be.
record Environment(Map<String, String> variables) {

  private static final int MAX_PORT = 65535;

  /// The value of a variable, or another one if it is not set or blank.
  String text(String name, String otherwise) {
    return Optional.ofNullable(variables.get(name))
        .filter(value -> !value.isBlank())
        .orElse(otherwise);
  }

  int port(String name, String otherwise) {
    var text = text(name, otherwise);
    try {
      int port = Integer.parseInt(text);
      if (port >= 0 && port <= MAX_PORT) {
        return port;
      }
    } catch (NumberFormatException e) {
      // said below, in the same words as a number that is out of range
    }
    throw refused(name, "a number from 0 to 65535", text);
  }

  /// A file that can be read, if one is named.
  Optional<Path> file(String name) {
    var path = Optional.of(text(name, "")).filter(it -> !it.isEmpty()).map(Path::of);
    if (path.isPresent() && !Files.isReadable(path.get())) {
      throw refused(name, "a file that can be read", path.get().toString());
    }
    return path;
  }

  /// What to throw for a value that cannot be used.
  static IllegalArgumentException refused(String name, String allowed, String was) {
    return new IllegalArgumentException("%s must be %s, was \"%s\"".formatted(name, allowed, was));
  }
}
