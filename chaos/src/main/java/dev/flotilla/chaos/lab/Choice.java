package dev.flotilla.chaos.lab;

import io.fabric8.kubernetes.client.Config;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A cluster that is not ours and that the user told us to use: a context of a kubeconfig.
final class Choice {

  private final Path file;

  Choice(Places places) {
    file = places.shared().resolve("context");
  }

  void remember(String context, Map<String, String> environment) {
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, List.of(context, environment.getOrDefault("KUBECONFIG", "")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void forget() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Optional<String> context() {
    return read().map(List::getFirst);
  }

  /// kubectl of the user, with that context.
  Optional<List<String>> kubectl() {
    return read()
        .map(lines ->
            lines.size() < 2 || lines.get(1).isEmpty()
                ? List.of("kubectl", "--context", lines.getFirst())
                : List.of(
                    "env", "KUBECONFIG=" + lines.get(1), "kubectl", "--context", lines.getFirst()));
  }

  /// The same for our own client.
  Optional<Config> config() {
    return read()
        .map(lines -> {
          if (lines.size() < 2 || lines.get(1).isEmpty()) {
            return Config.autoConfigure(lines.getFirst());
          }
          // As with kubectl, the variable may name several files; the first is the user's own.
          return Config.fromKubeconfig(
              lines.getFirst(), new File(lines.get(1).split(File.pathSeparator)[0]));
        });
  }

  private Optional<List<String>> read() {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readAllLines(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
