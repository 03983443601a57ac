package dev.flotilla.chaos.admission;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A manifest as a person wrote it, with what the API server has to say about it.
///
/// @param name folder and file, for example `zones/two`
/// @param documents the resources in the order in which they are applied
/// @param texts the documents as they were written
/// @param expectations what the answer to the last one contains, from lines `# expect: TEXT`
/// @param source where somebody made this mistake in public, from a line `# source: ADDRESS`
public record Manifest(
    String name,
    List<GenericKubernetesResource> documents,
    List<String> texts,
    List<String> expectations,
    Optional<String> source) {

  private static final Path RESOURCES = Path.of("src/test/resources");
  private static final String EXPECT = "# expect: ";
  private static final String SOURCE = "# source: ";

  public Manifest {
    documents = List.copyOf(documents);
    texts = List.copyOf(texts);
    expectations = List.copyOf(expectations);
  }

  /// Every manifest that is wrong.
  static List<Manifest> hostile() {
    try (Stream<Path> folders = Files.list(RESOURCES.resolve("hostile"))) {
      return folders
          .sorted()
          .flatMap(folder -> in("hostile/" + folder.getFileName()).stream())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// All manifests of a folder below the test resources, by name.
  public static List<Manifest> in(String folder) {
    try (Stream<Path> files = Files.list(RESOURCES.resolve(folder))) {
      return files.sorted().map(Manifest::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// One manifest by its path below the test resources, without the ending.
  static Manifest of(String path) {
    return read(RESOURCES.resolve(path + ".yaml"));
  }

  private static Manifest read(Path file) {
    try {
      String text = Files.readString(file);
      return new Manifest(
          file.getParent().getFileName() + "/" + file.getFileName(),
          Arrays.stream(text.split("\n---\n")).map(Manifest::document).toList(),
          List.of(text.split("\n---\n")),
          lines(text, EXPECT).toList(),
          lines(text, SOURCE).findFirst());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<String> lines(String text, String start) {
    return text.lines()
        .filter(line -> line.startsWith(start))
        .map(line -> line.substring(start.length()));
  }

  /// Read without the Java types, which would repair or refuse some of the mistakes by themselves.
  private static GenericKubernetesResource document(String text) {
    return new KubernetesSerialization().unmarshal(text, GenericKubernetesResource.class);
  }

  @Override
  public String toString() {
    return name;
  }
}
