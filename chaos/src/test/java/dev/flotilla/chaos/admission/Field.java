package dev.flotilla.chaos.admission;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One field of a custom resource, as its schema describes it.
///
/// @param path property names, places in a list and keys of a map
/// @param schema of the field itself
/// @param parent the schema of what the field is in
/// @param rules the expressions that judge this field
record Field(
    List<String> path, JSONSchemaProps schema, JSONSchemaProps parent, List<String> rules) {

  /// The key that a map of the sound manifests has.
  static final String KEY = "indices.query.bool.max_clause_count";

  private static final String FIRST = "0";

  /// How long a volume is kept, where the policy is one that asks for it.
  private static final List<String> PAIR = List.of("policy", "retainHours");

  Field {
    path = List.copyOf(path);
    rules = List.copyOf(rules);
  }

  /// `spec` and every field below it: the first element of each list, one entry of each map.
  static List<Field> allOf(JSONSchemaProps root) {
    var bare = new ArrayList<Field>();
    collect(new Field(List.of("spec"), root.getProperties().get("spec"), root, List.of()), bare);
    var rules = new TreeMap<String, List<String>>();
    for (Field field : bare) {
      for (ValidationRule rule : rulesIn(field.schema())) {
        rules
            .computeIfAbsent(
                field.printed() + Objects.requireNonNullElse(rule.getFieldPath(), ""),
                place -> new ArrayList<>())
            .add(rule.getRule());
      }
    }
    return bare.stream()
        .map(field ->
            new Field(
                field.path(),
                field.schema(),
                field.parent(),
                rules.getOrDefault(field.printed(), List.of())))
        .toList();
  }

  private static List<ValidationRule> rulesIn(JSONSchemaProps schema) {
    return Objects.requireNonNullElse(schema.getXKubernetesValidations(), List.of());
  }

  private static void collect(Field field, List<Field> found) {
    found.add(field);
    field.children().forEach(child -> collect(child, found));
  }

  private Stream<Field> children() {
    var properties = Optional.ofNullable(schema.getProperties()).orElse(Map.of());
    return Stream.of(
            properties.entrySet().stream().map(entry -> child(entry.getKey(), entry.getValue())),
            Stream.ofNullable(schema.getItems()).map(items -> child(FIRST, items.getSchema())),
            Stream.ofNullable(schema.getAdditionalProperties())
                .map(values -> child(KEY, values.getSchema())))
        .flatMap(children -> children);
  }

  private Field child(String name, JSONSchemaProps child) {
    return new Field(below(name), child, schema, List.of());
  }

  /// The path of something in it.
  List<String> below(String name) {
    return Stream.concat(path.stream(), Stream.of(name)).toList();
  }

  String name() {
    return path.getLast();
  }

  String type() {
    return schema.getType();
  }

  boolean isListItem() {
    return parent.getItems() != null;
  }

  boolean hasProperties() {
    return schema.getProperties() != null && !schema.getProperties().isEmpty();
  }

  boolean isMap() {
    return schema.getAdditionalProperties() != null;
  }

  boolean isEnum() {
    return schema.getEnum() != null && !schema.getEnum().isEmpty();
  }

  boolean isRequired() {
    return Objects.requireNonNullElse(parent.getRequired(), List.<String>of()).contains(name());
  }

  /// Whether null and nothing are the same in it: the API server drops such a null.
  boolean isOptional() {
    return !isRequired() && !isListItem() && path.size() > 1;
  }

  /// Whether it says something only beside another one, so that it cannot be left out alone.
  boolean isHalfOfAPair() {
    return PAIR.contains(path.getLast());
  }

  /// Whether it is a Kubernetes quantity: a rule reads it as one.
  boolean isQuantity() {
    return type().equals("string") && rules.stream().anyMatch(rule -> rule.contains("isQuantity"));
  }

  /// Whether a rule compares it with what it was.
  boolean isBoundToItsPast() {
    return rules.stream().anyMatch(rule -> rule.contains("oldSelf."));
  }

  /// As the API server writes it, for example `spec.pools[0].name`.
  String printed() {
    return printed(path);
  }

  static String printed(List<String> path) {
    return path.stream()
        .map(part -> part.matches("[0-9]") ? "[" + part + "]" : "." + part)
        .collect(Collectors.joining())
        .substring(1);
  }

  /// Where the API server may say that something is wrong with it: an entry of a list is also
  /// spoken of as the list.
  List<String> places() {
    return isListItem()
        ? List.of(printed(), printed().substring(0, printed().lastIndexOf('[')))
        : List.of(printed());
  }

  @Override
  public String toString() {
    return printed();
  }
}
