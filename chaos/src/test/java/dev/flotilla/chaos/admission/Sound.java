package dev.flotilla.chaos.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A manifest in which nothing is wrong and every field is set, with the schema of its kind.
///
/// @param fields of the kind below `spec`, itself included
record Sound(JsonNode manifest, List<Field> fields) {

  static final List<Sound> ALL =
      List.of(
          read("databasecluster", "databaseclusters"),
          read("databasepool", "databasepools"),
          read("fleetpolicy", "fleetpolicies"));

  private static final ObjectMapper JSON = new ObjectMapper();

  private static Sound read(String kind, String plural) {
    try {
      var yaml = new KubernetesSerialization();
      var manifest = Files.readString(Path.of("src/test/resources/sound", kind + ".yaml"));
      var definition =
          Files.readString(
              Path.of(
                  "../crds/src/main/resources/META-INF/fabric8", plural + ".flotilla.dev-v1.yml"));
      var schema =
          yaml.unmarshal(definition, CustomResourceDefinition.class)
              .getSpec()
              .getVersions()
              .getFirst()
              .getSchema()
              .getOpenAPIV3Schema();
      return new Sound(
          new ObjectMapper().valueToTree(yaml.unmarshal(manifest, Map.class)), Field.allOf(schema));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String kind() {
    return manifest.path("kind").asText();
  }

  /// The value at a path; missing if there is none.
  JsonNode at(List<String> path) {
    JsonNode node = manifest;
    for (String part : path) {
      node = node instanceof ArrayNode list ? list.path(Integer.parseInt(part)) : node.path(part);
    }
    return node;
  }

  /// The manifest with another value at a path; null is the JSON null.
  JsonNode with(List<String> path, @Nullable Object value) {
    var copy = manifest.deepCopy();
    JsonNode parent = new Sound(copy, List.of()).at(path.subList(0, path.size() - 1));
    JsonNode node = JSON.valueToTree(value);
    switch (parent) {
      case ArrayNode list -> list.set(Integer.parseInt(path.getLast()), node);
      case ObjectNode object -> object.set(path.getLast(), node);
      default -> throw new IllegalArgumentException(path + " leads nowhere");
    }
    return copy;
  }

  JsonNode without(List<String> path) {
    var copy = manifest.deepCopy();
    var parent = new Sound(copy, List.of()).at(path.subList(0, path.size() - 1));
    ((ObjectNode) parent).remove(path.getLast());
    return copy;
  }

  @Override
  public String toString() {
    return kind();
  }
}
