package dev.flotilla.operator.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.flotilla.house.HouseRules;
import java.util.List;
import java.util.Optional;

/// The schemas of all documents, made from their records.
public final class Schemas {

  private static final String ROOT = "dev.flotilla.operator";

  private Schemas() {}

  /// Every kind of document that there is.
  static List<Class<?>> documents() {
    return HouseRules.mainClassesOf(ROOT).stream()
        .filter(type -> type.isAssignableTo(Document.class) && !type.isInterface())
        .<Class<?>>map(type -> type.reflect())
        .sorted((left, right) -> left.getSimpleName().compareTo(right.getSimpleName()))
        .toList();
  }

  /// The schema of one document as it is published: a newer version may add fields.
  static ObjectNode published(Class<?> document) {
    return generate(document, false);
  }

  /// Why a document does not fit the schema of its kind; no field may be there that the schema does
  /// not know.
  public static List<String> objections(JsonNode document) {
    var kind = document.path("kind").asText();
    var type =
        documents().stream()
            .filter(candidate -> candidate.getSimpleName().equals(kind))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no document is a '" + kind + "'"));
    var schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(generate(type, true).toString(), InputFormat.JSON);
    return schema.validate(document).stream().map(Object::toString).toList();
  }

  private static ObjectNode generate(Class<?> document, boolean closed) {
    var builder =
        new SchemaGeneratorConfigBuilder(SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
            .with(
                Option.FLATTENED_ENUMS,
                Option.EXTRA_OPEN_API_FORMAT_VALUES,
                Option.DEFINITIONS_FOR_ALL_OBJECTS);
    if (closed) {
      builder.with(Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT);
    }
    builder.forFields().withRequiredCheck(field -> true);
    builder.forTypesInGeneral().withPropertySorter((left, right) -> 0);
    if (!closed) {
      describe(builder);
    }
    var schema = new SchemaGenerator(builder.build()).generateSchema(document);
    var properties = (ObjectNode) schema.get("properties");
    properties.putObject("apiVersion").put("const", Document.API_VERSION);
    properties.putObject("kind").put("const", document.getSimpleName());
    schema.withArrayProperty("required").add("apiVersion").add("kind");
    return schema;
  }

  /// Only where the sources are, which the tests of another module have not.
  private static void describe(SchemaGeneratorConfigBuilder builder) {
    builder.forFields().withDescriptionResolver(Schemas::description);
    builder
        .forTypesInGeneral()
        .withDescriptionResolver(scope ->
            Optional.of(scope.getType().getErasedType())
                .filter(Class::isRecord)
                .map(type -> Comments.of(type).summary())
                .filter(text -> !text.isEmpty())
                .orElse(null));
  }

  private static String description(FieldScope field) {
    var owner = field.getMember().getDeclaringType().getErasedType();
    return Comments.of(owner).components().get(field.getName());
  }
}
