package dev.flotilla.operator.app;

import java.util.Map;

/// What the process is told by its environment.
///
/// @param namespace the operator's own, where `flotilla-store` is
/// @param instance name of the pod, for events
/// @param httpPort of health and metrics; 0 takes a free one
/// @param apiPort of what can be asked over HTTPS; 0 takes a free one
/// @param store where members are recorded
public record Settings(
    String namespace, String instance, int httpPort, int apiPort, StoreChoice store) {

  /// @throws IllegalArgumentException if a variable cannot be used; names it and says what it may
  ///   be
  public static Settings of(Map<String, String> variables) {
    var environment = new Environment(variables);
    return new Settings(
        environment.text("FLOTILLA_NAMESPACE", "flotilla-system"),
        environment.text("FLOTILLA_INSTANCE", "operator"),
        environment.port("FLOTILLA_HTTP_PORT", "8080"),
        environment.port("FLOTILLA_API_PORT", "8443"),
        StoreChoice.of(environment));
  }
}
