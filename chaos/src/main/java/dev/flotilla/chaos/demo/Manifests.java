package dev.flotilla.chaos.demo;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
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
      KubernetesResource found = new KubernetesSerialization().unmarshal(in);
      return found instanceof KubernetesResourceList<?> list
          ? List.copyOf(list.getItems())
          : List.of((HasMetadata) found);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
