package dev.flotilla.operator.install;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/// The objects of `install/`, in the order in which they are applied.
final class Manifests {

  private static final Path FOLDER = Path.of("..", "install");

  private Manifests() {}

  static List<HasMetadata> all() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().flatMap(file -> load(file).stream()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static <T extends HasMetadata> List<T> all(Class<T> type) {
    return all().stream().filter(type::isInstance).map(type::cast).toList();
  }

  /// The objects of one kind that stand in a text.
  static <T extends HasMetadata> List<T> read(String yaml, Class<T> type) {
    return read(new KubernetesSerialization().<Object>unmarshal(yaml)).stream()
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  private static List<HasMetadata> read(Object unmarshalled) {
    return unmarshalled instanceof Collection<?> several
        ? several.stream().map(HasMetadata.class::cast).toList()
        : List.of((HasMetadata) unmarshalled);
  }

  private static List<HasMetadata> load(Path file) {
    try (var text = Files.newInputStream(file)) {
      return read(new KubernetesSerialization().<Object>unmarshal(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
