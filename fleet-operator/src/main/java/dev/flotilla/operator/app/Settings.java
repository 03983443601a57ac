package dev.flotilla.operator.app;

import java.util.Map;
import java.util.Optional;

/// What the process is told by its environment.
///
/// @param namespace the operator's own, where `flotilla-store` is
/// @param instance name of the pod, for events
/// @param httpPort of health and metrics; 0 takes a free one
/// @param apiPort of what can be asked over HTTPS; 0 takes a free one
public record Settings(String namespace, String instance, int httpPort, int apiPort) {

  private static final int MAX_PORT = 65535;

  /// @throws IllegalArgumentException if a variable cannot be used; names it and says what it may
  ///   be
  static Settings of(Map<String, String> environment) {
    return new Settings(
        text(environment, "FLOTILLA_NAMESPACE", "flotilla-system"),
        text(environment, "FLOTILLA_INSTANCE", "operator"),
        port(environment, "FLOTILLA_HTTP_PORT", "8080"),
        port(environment, "FLOTILLA_API_PORT", "8443"));
  }

  private static String text(Map<String, String> environment, String name, String otherwise) {
    return Optional.ofNullable(environment.get(name))
        .filter(value -> !value.isBlank())
        .orElse(otherwise);
  }

  private static int port(Map<String, String> environment, String name, String otherwise) {
    var text = text(environment, name, otherwise);
    try {
      int port = Integer.parseInt(text);
      if (port >= 0 && port <= MAX_PORT) {
        return port;
      }
    } catch (NumberFormatException e) {
      // said below, in the same words as a number that is out of range
    }
    throw new IllegalArgumentException(
        name + " must be a number from 0 to 65535, was \"" + text + "\"");
  }
}
