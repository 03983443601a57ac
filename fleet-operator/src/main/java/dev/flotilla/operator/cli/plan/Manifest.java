package dev.flotilla.operator.cli.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.operator.yaml.YamlDocument;
import java.util.Optional;

/// One resource of ours in a file.
record Manifest(YamlDocument document, Kind kind) {

  static final String API_VERSION = "flotilla.dev/v1alpha1";

  /// The kinds of resources that can be checked.
  enum Kind {
    /// A database.
    DatabaseCluster("databaseclusters"),
    /// A part of one, made by the operator.
    DatabasePool("databasepools");

    private final String plural;

    Kind(String plural) {
      this.plural = plural;
    }

    String plural() {
      return plural;
    }
  }

  /// Empty if it is a resource of somebody else.
  static Optional<Manifest> of(YamlDocument document) {
    var tree = document.tree();
    for (Kind kind : Kind.values()) {
      if (tree.path("kind").asText().equals(kind.name())
          && tree.path("apiVersion").asText().equals(API_VERSION)) {
        return Optional.of(new Manifest(document, kind));
      }
    }
    return Optional.empty();
  }

  JsonNode tree() {
    return document.tree();
  }

  String name() {
    return tree().at("/metadata/name").asText("");
  }

  Optional<String> namespace() {
    return Optional.of(tree().at("/metadata/namespace").asText("")).filter(text -> !text.isEmpty());
  }
}
