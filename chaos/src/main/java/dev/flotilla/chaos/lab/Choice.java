package dev.flotilla.chaos.lab;

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
