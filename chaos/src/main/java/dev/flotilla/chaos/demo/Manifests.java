package dev.flotilla.chaos.demo;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Objects in YAML files.
final class Manifests {

  private Manifests() {}

  /// The objects of one file, in its order.
  static List<HasMetadata> load(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      // One document gives the object itself, several give a list.
      Object found = new KubernetesSerialization().<Object>unmarshal(in);
      List<?> objects = found instanceof List<?> several ? several : List.of(found);
      return objects.stream().map(HasMetadata.class::cast).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
