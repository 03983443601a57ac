package dev.flotilla.operator.kube;

/// Told of each request to the API server when its outcome is known: reads, writes and watches.
@FunctionalInterface
public interface KubeRequests {

  /// One request ended, or a watch began. Returns at once and never fails.
  ///
  /// @param verb `get`, `list`, `watch`, `create`, `patch`, `update` or `delete`
  /// @param resource plural, a subresource behind a slash; `other` for what names no resource
  /// @param code of HTTP; `error` if no answer came
  void ended(String verb, String resource, String code);
}
