package dev.flotilla.operator.cli.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flotilla.crds.v1alpha1.DatabaseCluster;
import dev.flotilla.operator.yaml.FieldPath;
import dev.flotilla.operator.yaml.YamlFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/// What the installed definition of a kind says of its fields.
///
/// @param root the schema of the whole resource
record FieldSchema(JsonNode root) {

  /// That of the definition that this program was built with.
  static FieldSchema of(Manifest.Kind kind) {
    var file = "/META-INF/fabric8/" + kind.plural() + ".flotilla.dev-v1.yml";
    try (var in =
        Objects.requireNonNull(
            DatabaseCluster.class.getResourceAsStream(file), () -> file + " is missing")) {
      var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      var definition = YamlFile.read(text).documents().getFirst().tree();
      return new FieldSchema(definition.at("/spec/versions/0/schema/openAPIV3Schema"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The schema of one field; missing if there is no such field.
  JsonNode at(String pointer) {
    var schema = root;
    for (String step : FieldPath.steps(pointer)) {
      schema =
          schema.path("type").asText().equals("array")
              ? schema.path("items")
              : schema.path("properties").has(step)
                  ? schema.path("properties").path(step)
                  : schema.path("additionalProperties");
    }
    return schema.isObject() ? schema : MissingNode.getInstance();
  }

  /// What may be written into a field, for people.
  String advice(String pointer) {
    if (pointer.equals("/metadata/name")) { // which no definition of a kind describes
      return "start with a lower-case letter and use only lower-case letters, digits and '-'";
    }
    var schema = at(pointer);
    if (schema.has("enum")) {
      return "write " + words(schema.path("enum"), " or ");
    }
    return switch (schema.path("type").asText()) {
      case "integer" -> "write a whole number" + range(schema);
      case "boolean" -> "write true or false";
      case "string" -> "write a text, in quotes if it looks like a number" + length(schema);
      case "array" -> "write a list" + items(schema);
      case "object" ->
          schema.has("properties")
              ? "write the fields " + String.join(", ", names(schema))
              : "write fields with " + schema.at("/additionalProperties/type").asText("") + "s";
      default -> "";
    };
  }

  /// The fields that there are beside one that is not known.
  String neighbours(String pointer) {
    var parent = at(pointer.substring(0, pointer.lastIndexOf('/')));
    var names = names(parent);
    return names.isEmpty()
        ? "take it out"
        : "take it out; the fields here are " + String.join(", ", names);
  }

  /// The schema for a validator: with every field that it does not name refused.
  ObjectNode closed() {
    ObjectNode copy = root.deepCopy();
    close(copy);
    var properties = copy.withObjectProperty("properties");
    properties.putObject("apiVersion").put("type", "string");
    properties.putObject("kind").put("type", "string");
    properties.putObject("metadata").put("type", "object");
    return copy;
  }

  private static void close(JsonNode schema) {
    if (schema instanceof ObjectNode object) {
      if (object.path("properties").isObject() && !object.has("additionalProperties")) {
        object.put("additionalProperties", false);
      }
      object.properties().forEach(property -> close(property.getValue()));
    }
  }

  private static List<String> names(JsonNode schema) {
    var names = new ArrayList<String>();
    schema.path("properties").fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static String words(JsonNode values, String separator) {
    var words = new ArrayList<String>();
    values.forEach(value -> words.add(value.asText()));
    return words.stream().collect(Collectors.joining(separator));
  }

  private static String range(JsonNode schema) {
    if (!schema.has("minimum") && !schema.has("maximum")) {
      return "";
    }
    return (schema.has("minimum") ? " from " + schema.path("minimum").asLong() : "")
        + (schema.has("maximum") ? " to " + schema.path("maximum").asLong() : "");
  }

  private static String length(JsonNode schema) {
    return schema.has("maxLength")
        ? ", of at most %d characters".formatted(schema.path("maxLength").asLong())
        : "";
  }

  private static String items(JsonNode schema) {
    if (schema.has("minItems") && schema.has("maxItems")) {
      return " of %d to %d entries"
          .formatted(schema.path("minItems").asLong(), schema.path("maxItems").asLong());
    }
    return schema.has("maxItems")
        ? " of at most %d entries".formatted(schema.path("maxItems").asLong())
        : "";
  }
}
