package dev.flotilla.chaos.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A configuration file with places such as `${NAME}` to fill in.
record Template(String text) {

  private static final Pattern PLACE = Pattern.compile("\\$\\{([A-Z_]+)}");

  static Template read(Path file) {
    try {
      return new Template(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The text with all places filled in.
  ///
  /// @throws IllegalStateException if a place has no value
  String fill(Map<String, String> values) {
    return PLACE
        .matcher(text)
        .replaceAll(match ->
            Matcher.quoteReplacement(
                Optional.ofNullable(values.get(match.group(1)))
                    .orElseThrow(
                        () -> new IllegalStateException("no value for " + match.group()))));
  }
}
