package dev.flotilla.operator.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Keeps `docs/reference/schema` equal to the records that are printed.
///
/// Run with `-Dflotilla.generate=true` to write the schemas anew.
class SchemaPagesTest {

  static final Path FOLDER = Path.of("..", "docs", "reference", "schema");

  static Stream<Class<?>> documents() {
    return Schemas.documents().stream();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyDocumentHasItsSchema(Class<?> document) throws IOException {
    var file = FOLDER.resolve(document.getSimpleName() + ".json");
    var schema = Schemas.published(document).toPrettyString() + "\n";

    if (Boolean.getBoolean("flotilla.generate")) {
      Files.createDirectories(FOLDER);
      Files.writeString(file, schema);
    }

    assertThat(file).as("run this test with -Dflotilla.generate=true").hasContent(schema);
  }

  @Test
  void noSchemaIsLeftOfADocumentThatIsGone() throws IOException {
    try (var files = Files.list(FOLDER)) {
      assertThat(files.map(file -> file.getFileName().toString().replace(".json", "")))
          .containsExactlyInAnyOrderElementsOf(
              Stream.concat(Stream.of("ClusterView"), documents().map(Class::getSimpleName))
                  .toList());
    }
  }
}
