package dev.flotilla.operator.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Every situation that a test of the planner draws, read from the tests themselves.
public final class Situations {

  private static final Path TESTS =
      Path.of("src", "test", "java", "dev", "flotilla", "operator", "core");
  private static final Pattern TEXT_BLOCK =
      Pattern.compile("^( *)\"\"\"\\n(.*?)\"\"\"", Pattern.DOTALL | Pattern.MULTILINE);

  private Situations() {}

  /// The drawings, each once.
  public static List<String> ofAllTests() throws IOException {
    try (Stream<Path> files = Files.walk(TESTS)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith("Test.java"))
          .flatMap(Situations::drawings)
          .distinct()
          .toList();
    }
  }

  private static Stream<String> drawings(Path file) {
    try {
      return TEXT_BLOCK
          .matcher(Files.readString(file))
          .results()
          .map(block -> block.group(2).stripIndent())
          .filter(text -> text.startsWith("pool "));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
