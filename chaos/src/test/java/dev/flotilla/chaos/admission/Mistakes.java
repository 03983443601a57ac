package dev.flotilla.chaos.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Manifests with one mistake each, made from a kind's schema: every field with every kind of
/// mistake that can be made in a field of its type.
final class Mistakes {

  /// What stands in these is for the engine to judge.
  private static final List<String> FREE_TEXT = List.of("spec.engine.config." + Field.KEY);

  private static final List<String> NO_NAMES =
      List.of("", " ", " a", "поиск", "🗄", "a\nb", "../a", "{{ .Values.name }}");

  private static final List<String> NO_KEYS =
      List.of("", " ", "two words", "ключ", "a\nb", ".a", "a:", "a".repeat(1000));

  private static final List<String> NO_QUANTITIES =
      List.of(
          "1Gi ",
          " 1Gi",
          "1 Gi",
          "1Gi\n",
          "10 GB",
          "1GiB",
          "1gi",
          "1,5Gi",
          "0x10",
          "Gi",
          "NaN",
          "Infinity",
          "1e30",
          "-1",
          "-10Gi",
          "0",
          "0Gi",
          "1e-9",
          "１Gi",
          "9999999Ei",
          "");

  private static final List<String> NO_RESOURCE_NAMES =
      List.of(
          "",
          "Search",
          "search_engine",
          "search.shop",
          "-search",
          "search-",
          "4711",
          "поиск",
          "🗄",
          "a b",
          "../a",
          "a/b",
          "a:b",
          "*",
          "a".repeat(64),
          "a".repeat(300));

  private final Sound sound;

  Mistakes(Sound sound) {
    this.sound = sound;
  }

  /// Every mistake in the value of a single field, but for quantities.
  Stream<Mistake> ofOneField() {
    return Stream.of(types(), amounts(), words(), texts(), lists(), unknown(), missing())
        .flatMap(mistakes -> mistakes);
  }

  /// A text for a number, a list for a text, and so on; also null where something has to be.
  private Stream<Mistake> types() {
    return each(field -> {
      var values = new LinkedHashMap<String, @Nullable Object>();
      values.put("a text", "seven");
      values.put("a number", 7);
      values.put("a fraction", 1.5);
      values.put("a switch", true);
      values.put("a list", List.of("seven"));
      values.put("a map", Map.of("seven", 7));
      values.put("null", null);
      switch (field.type()) {
        case "string" -> values.remove("a text");
        case "array" -> values.remove("a list");
        case "object" -> values.remove("a map");
        case "boolean" -> values.remove("a switch");
        default -> {
          values.remove("a number");
          values.put("a number as text", "3");
        }
      }
      if (field.isOptional()) {
        values.remove("null");
      }
      return replaced(field, values);
    });
  }

  /// Null in fields that may be absent: no mistakes, and the same as leaving them out.
  Stream<Mistake> nullForNothing() {
    return each(field ->
        field.isOptional() && !field.isHalfOfAPair() ? replaced(field, nothing()) : Stream.of());
  }

  private static Map<String, @Nullable Object> nothing() {
    var nothing = new LinkedHashMap<String, @Nullable Object>();
    nothing.put("null", null);
    return nothing;
  }

  /// Numbers below and above what is allowed, and those that no computer counts to.
  private Stream<Mistake> amounts() {
    return each(field -> {
      if (!field.type().equals("integer")) {
        return Stream.of();
      }
      var values = new LinkedHashMap<String, Object>();
      long least = field.schema().getMinimum().longValue();
      long most = field.schema().getMaximum().longValue();
      for (long value : new long[] {least - 1, -1, Integer.MIN_VALUE, most + 1, 1L << 40}) {
        if (value < least || value > most) {
          values.put(Long.toString(value), value);
        }
      }
      values.put("more than 64 bits", BigInteger.TEN.pow(20));
      values.put("1e30", new BigDecimal("1e30"));
      return replaced(field, values);
    });
  }

  /// Words that are not on the list, misspelt ones among them.
  private Stream<Mistake> words() {
    return each(field -> {
      if (!field.isEnum()) {
        return Stream.of();
      }
      String word = sound.at(field.path()).asText();
      return replaced(
          field,
          Map.of(
              "a word that nobody knows",
              "Nonsense",
              "in small letters",
              word.toLowerCase(Locale.ROOT),
              "with a blank",
              word + " ",
              "empty",
              ""));
    });
  }

  /// Texts that are empty, too long, or hold what no name may hold.
  private Stream<Mistake> texts() {
    return each(field -> {
      if (!field.type().equals("string") || field.isEnum()) {
        return Stream.of();
      }
      var values = new LinkedHashMap<String, Object>();
      values.put("too long", "a".repeat(field.schema().getMaxLength().intValue() + 1));
      if (!FREE_TEXT.contains(field.printed())) {
        NO_NAMES.forEach(text -> values.put(quoted(text), text));
      }
      return replaced(field, values);
    });
  }

  /// Lists and maps with too few or too many entries, or the same twice.
  private Stream<Mistake> lists() {
    return each(field ->
        switch (field.type()) {
          case "array" -> lists(field);
          case "object" -> field.isMap() ? maps(field) : Stream.of();
          default -> Stream.of();
        });
  }

  private Stream<Mistake> lists(Field field) {
    var first = sound.at(field.path()).path(0);
    var many = IntStream.rangeClosed(0, field.schema().getMaxItems().intValue());
    var twice = sound.with(field.path(), List.of(first, first));
    return Stream.concat(
        replaced(
            field,
            Map.of(
                "an empty list", List.of(),
                "too long a list", many.mapToObj(i -> another(first, i)).toList())),
        Stream.of(
            new Mistake(
                field + " has the same twice",
                Optional.empty(),
                twice,
                List.of(field.printed() + "[1]"))));
  }

  /// Another entry of the same shape.
  private static Object another(JsonNode first, int number) {
    return first instanceof ObjectNode object
        ? object.deepCopy().put("name", "entry" + number)
        : first.asText() + number;
  }

  private Stream<Mistake> maps(Field field) {
    var many = new LinkedHashMap<String, String>();
    IntStream.rangeClosed(0, field.schema().getMaxProperties().intValue())
        .forEach(i -> many.put("key" + i, "value"));
    var values = new LinkedHashMap<String, Object>();
    values.put("too many entries", many);
    NO_KEYS.forEach(key -> values.put("the key " + quoted(key), Map.of(key, "value")));
    return replaced(field, values);
  }

  /// A field that does not exist.
  private Stream<Mistake> unknown() {
    return each(field ->
        field.hasProperties()
            ? Stream.of("replicas", "Name", "storage size")
                .map(name ->
                    new Mistake(
                        "%s has a field '%s'".formatted(field, name),
                        Optional.empty(),
                        sound.with(field.below(name), 7),
                        List.of(field.printed() + "." + name)))
            : Stream.of());
  }

  /// A field that has to be there and is not.
  private Stream<Mistake> missing() {
    return each(field ->
        field.isRequired()
            ? Stream.of(
                new Mistake(
                    field + " is missing",
                    Optional.empty(),
                    sound.without(field.path()),
                    field.places()))
            : Stream.of());
  }

  /// Texts that look like an amount and are none, or amounts that make no sense.
  Stream<Mistake> quantities() {
    return each(field -> {
      var values = new LinkedHashMap<String, Object>();
      if (field.isQuantity()) {
        NO_QUANTITIES.forEach(text -> values.put(quoted(text), text));
      }
      return replaced(field, values);
    });
  }

  /// Names that the resource itself may not have.
  Stream<Mistake> names() {
    return NO_RESOURCE_NAMES.stream()
        .map(name ->
            new Mistake(
                "metadata.name is " + quoted(name),
                Optional.empty(),
                sound.with(List.of("metadata", "name"), name),
                List.of("metadata.name")));
  }

  private Stream<Mistake> each(Function<Field, Stream<Mistake>> of) {
    return sound.fields().stream().flatMap(of);
  }

  private Stream<Mistake> replaced(Field field, Map<String, ? extends @Nullable Object> values) {
    return values.entrySet().stream()
        .map(value ->
            new Mistake(
                "%s is %s".formatted(field, value.getKey()),
                Optional.empty(),
                sound.with(field.path(), value.getValue()),
                field.places()));
  }

  private static String quoted(String text) {
    return "'%.20s'".formatted(text.replace("\n", "⏎"));
  }
}
