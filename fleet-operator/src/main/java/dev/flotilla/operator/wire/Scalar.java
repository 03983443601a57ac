package dev.flotilla.operator.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A value that is written as one word, number or truth.
///
/// @param kind of the schema: `string`, `integer` or `boolean`
/// @param rest of the schema
/// @param print the value as a tree
/// @param parse the value of a tree of that kind; throws IllegalArgumentException if it is none
/// @param fix what to write, for people
record Scalar<T>(
    String kind,
    ObjectNode rest,
    Function<T, JsonNode> print,
    Function<JsonNode, T> parse,
    String fix)
    implements Shape<T> {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  static Scalar<String> text() {
    return named("", value -> value, value -> value, "write a text");
  }

  /// A text with a meaning of its own.
  ///
  /// @param pattern what it looks like; empty if that is not easily said
  static <T> Scalar<T> named(
      String pattern, Function<T, String> print, Function<String, T> parse, String fix) {
    var rest = SchemaBook.node();
    if (!pattern.isEmpty()) {
      rest.put("pattern", pattern);
    }
    return new Scalar<>(
        "string",
        rest,
        value -> JSON.textNode(print.apply(value)),
        node -> parse.apply(node.textValue()),
        fix);
  }

  /// How many there are of something.
  static Scalar<Integer> count() {
    return whole(Integer.MAX_VALUE, Integer::longValue, Long::intValue);
  }

  /// A whole number from 0 on.
  static <T> Scalar<T> number(Function<T, Long> print, Function<Long, T> parse) {
    return whole(Long.MAX_VALUE, print, parse);
  }

  private static <T> Scalar<T> whole(long most, Function<T, Long> print, Function<Long, T> parse) {
    return new Scalar<>(
        "integer",
        SchemaBook.node().put("minimum", 0).put("maximum", most),
        value -> JSON.numberNode((long) print.apply(value)),
        node -> {
          long number = node.longValue();
          if (number < 0 || number > most) {
            throw new IllegalArgumentException("is too " + (number < 0 ? "small" : "large"));
          }
          return parse.apply(number);
        },
        "write a whole number from 0 to " + most);
  }

  static Scalar<Boolean> truth() {
    return new Scalar<>(
        "boolean",
        SchemaBook.node(),
        JSON::booleanNode,
        JsonNode::booleanValue,
        "write true or false");
  }

  static Scalar<Instant> instant() {
    return new Scalar<>(
        "string",
        SchemaBook.node().put("format", "date-time"),
        value -> JSON.textNode(value.toString()),
        Scalar::instant,
        "write a time such as 2026-01-31T23:59:59Z");
  }

  private static Instant instant(JsonNode node) {
    try {
      return Instant.parse(node.textValue());
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("is not a time", e);
    }
  }

  /// A constant of an enum, spelled like `Pending`.
  static <E extends Enum<E>> Scalar<E> constant(Class<E> type) {
    var words = Arrays.stream(type.getEnumConstants()).map(Scalar::word).toList();
    var rest = SchemaBook.node();
    words.forEach(rest.putArray("enum")::add);
    return new Scalar<>(
        "string",
        rest,
        value -> JSON.textNode(word(value)),
        node ->
            Arrays.stream(type.getEnumConstants())
                .filter(constant -> word(constant).equals(node.textValue()))
                .findFirst()
                .orElseThrow(
                    () -> new IllegalArgumentException("is not known: '" + node.textValue() + "'")),
        "write " + words.stream().collect(Collectors.joining(" or ")));
  }

  /// `IMAGE_PULL` is written `ImagePull`.
  private static String word(Enum<?> constant) {
    return Arrays.stream(constant.name().split("_"))
        .map(part -> part.charAt(0) + part.substring(1).toLowerCase(Locale.ROOT))
        .collect(Collectors.joining());
  }

  @Override
  public JsonNode write(T value) {
    return print.apply(value);
  }

  @Override
  public Optional<T> read(JsonNode node, String pointer, Mistakes mistakes) {
    if (!isOfKind(node)) {
      mistakes.add(pointer, node.isMissingNode() ? "is missing" : "is of the wrong type", fix);
      return Optional.empty();
    }
    try {
      return Optional.of(parse.apply(node));
    } catch (IllegalArgumentException e) {
      mistakes.add(pointer, String.valueOf(e.getMessage()), fix);
      return Optional.empty();
    }
  }

  private boolean isOfKind(JsonNode node) {
    return switch (kind) {
      case "string" -> node.isTextual();
      case "integer" -> node.canConvertToLong() && node.isIntegralNumber();
      default -> node.isBoolean();
    };
  }

  @Override
  public ObjectNode schema(SchemaBook book) {
    return SchemaBook.node().put("type", kind).setAll(rest);
  }
}
