package dev.flotilla.operator.kube;

import java.net.URI;
import java.util.Arrays;
import java.util.List;

/// What a request asks for, without the names of objects and namespaces.
///
/// @param verb as Kubernetes names it
/// @param resource plural, a subresource behind a slash; `other` for what names no resource
record RequestKind(String verb, String resource) {

  /// Of a request as it goes over the wire.
  ///
  /// @param method of HTTP, in capitals
  static RequestKind of(String method, URI uri) {
    var path = resourcePath(uri.getPath());
    boolean named = path.size() > 1;
    var verb =
        switch (method) {
          case "POST" -> "create";
          case "PUT" -> "update";
          case "PATCH" -> "patch";
          case "DELETE" -> "delete";
          default -> isWatch(uri) ? "watch" : named ? "get" : "list";
        };
    if (path.isEmpty()) {
      return new RequestKind("list".equals(verb) ? "get" : verb, "other");
    }
    var sub = path.size() > 2 ? "/" + path.get(2) : "";
    return new RequestKind(verb, path.getFirst() + sub);
  }

  private static boolean isWatch(URI uri) {
    return uri.getQuery() != null
        && Arrays.asList(uri.getQuery().split("&")).contains("watch=true");
  }

  /// `/api/VERSION/…` and `/apis/GROUP/VERSION/…`, without the namespace.
  private static List<String> resourcePath(String path) {
    var parts = Arrays.stream(path.split("/")).filter(part -> !part.isEmpty()).toList();
    int head =
        switch (parts.isEmpty() ? "" : parts.getFirst()) {
          case "api" -> 2;
          case "apis" -> 3;
          default -> parts.size();
        };
    var rest = parts.subList(Math.min(head, parts.size()), parts.size());
    return rest.size() > 2 && "namespaces".equals(rest.getFirst())
        ? rest.subList(2, rest.size())
        : rest;
  }
}
