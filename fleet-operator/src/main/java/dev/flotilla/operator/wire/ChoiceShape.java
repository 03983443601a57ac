package dev.flotilla.operator.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// One of several records, told apart by a field that only one of them has.
///
/// @param variants all that there are
record ChoiceShape<T>(List<Variant<? extends T>> variants) implements Shape<T> {

  ChoiceShape {
    variants = List.copyOf(variants);
  }

  /// @param key the field that only this one has
  record Variant<V>(String key, RecordShape<V> shape) {

    private JsonNode write(Object value) {
      return shape.write(shape.type().cast(value));
    }
  }

  static <T> ChoiceShape<T> of(Variant<? extends T> one, Variant<? extends T> other) {
    return new ChoiceShape<>(List.of(one, other));
  }

  static <V> Variant<V> variant(String key, RecordShape<V> shape) {
    return new Variant<>(key, shape);
  }

  @Override
  public JsonNode write(T value) {
    return variants.stream()
        .filter(variant -> variant.shape().type().isInstance(value))
        .findFirst()
        .map(variant -> variant.write(value))
        .orElseThrow(() -> new IllegalStateException("no shape for " + value));
  }

  @Override
  public Optional<T> read(JsonNode node, String pointer, Mistakes mistakes) {
    var chosen = variants.stream().filter(variant -> node.hasNonNull(variant.key())).toList();
    if (chosen.size() != 1) {
      mistakes.add(
          pointer,
          node.isMissingNode()
              ? "is missing"
              : chosen.isEmpty() ? "says nothing" : "says two things",
          "write either "
              + variants.stream().map(Variant::key).collect(Collectors.joining(" or ")));
      return Optional.empty();
    }
    return chosen.getFirst().shape().read(node, pointer, mistakes).map(value -> value);
  }

  @Override
  public ObjectNode schema(SchemaBook book) {
    var schema = SchemaBook.node();
    var choices = schema.putArray("oneOf");
    variants.forEach(variant -> choices.add(variant.shape().inline(book)));
    return schema;
  }
}
