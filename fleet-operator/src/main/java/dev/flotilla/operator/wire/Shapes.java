package dev.flotilla.operator.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flotilla.operator.yaml.FieldPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/// Shapes of collections and of what may be missing.
final class Shapes {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private Shapes() {}

  /// A value that may be left out.
  static <T> Shape<Optional<T>> optional(Shape<T> inner) {
    return new Shape<>() {
      @Override
      public JsonNode write(Optional<T> value) {
        return value.map(inner::write).orElse(MissingNode.getInstance());
      }

      @Override
      @SuppressWarnings("OptionalMapToOptional") // understood, and not there: two things
      public Optional<Optional<T>> read(JsonNode node, String pointer, Mistakes mistakes) {
        return node.isMissingNode()
            ? Optional.of(Optional.empty())
            : inner.read(node, pointer, mistakes).map(Optional::of);
      }

      @Override
      public ObjectNode schema(SchemaBook book) {
        return inner.schema(book);
      }

      @Override
      public boolean mayBeMissing() {
        return true;
      }
    };
  }

  /// The same of what a type of its own says.
  static <T, W> Shape<W> as(Shape<T> inner, Function<W, T> unwrap, Function<T, W> wrap) {
    return new Shape<>() {
      @Override
      public JsonNode write(W value) {
        return inner.write(unwrap.apply(value));
      }

      @Override
      public Optional<W> read(JsonNode node, String pointer, Mistakes mistakes) {
        return inner.read(node, pointer, mistakes).map(wrap);
      }

      @Override
      public ObjectNode schema(SchemaBook book) {
        return inner.schema(book);
      }

      @Override
      public boolean mayBeMissing() {
        return inner.mayBeMissing();
      }
    };
  }

  static Shape<OptionalInt> optionalInt(Shape<Integer> inner) {
    return as(
        optional(inner),
        value -> value.isPresent() ? Optional.of(value.getAsInt()) : Optional.empty(),
        value -> value.map(OptionalInt::of).orElse(OptionalInt.empty()));
  }

  static <T> Shape<List<T>> list(Shape<T> entry) {
    return new Shape<>() {
      @Override
      public JsonNode write(List<T> values) {
        var array = JSON.arrayNode();
        values.forEach(value -> array.add(entry.write(value)));
        return array;
      }

      @Override
      public Optional<List<T>> read(JsonNode node, String pointer, Mistakes mistakes) {
        if (!node.isArray()) {
          mistakes.add(
              pointer, node.isMissingNode() ? "is missing" : "is not a list", "write a list");
          return Optional.empty();
        }
        var values = new ArrayList<T>();
        for (int i = 0; i < node.size(); i++) {
          entry.read(node.get(i), pointer + "/" + i, mistakes).ifPresent(values::add);
        }
        return values.size() == node.size() ? Optional.of(values) : Optional.empty();
      }

      @Override
      public ObjectNode schema(SchemaBook book) {
        return SchemaBook.node().put("type", "array").set("items", entry.schema(book));
      }
    };
  }

  static <T extends Comparable<T>> Shape<SortedSet<T>> set(Shape<T> entry) {
    return as(list(entry), ArrayList::new, TreeSet::new);
  }

  /// Fields whose names say what each of them is about.
  static <V> Shape<SortedMap<String, V>> byName(Shape<V> value) {
    return map(name -> name, name -> name, value);
  }

  /// Fields whose names are values themselves.
  static <K extends Comparable<K>, V> Shape<SortedMap<K, V>> map(
      Function<K, String> print, Function<String, K> parse, Shape<V> value) {
    return new Shape<>() {
      @Override
      public JsonNode write(SortedMap<K, V> values) {
        var object = JSON.objectNode();
        values.forEach((key, entry) -> object.set(print.apply(key), value.write(entry)));
        return object;
      }

      @Override
      public Optional<SortedMap<K, V>> read(JsonNode node, String pointer, Mistakes mistakes) {
        if (!node.isObject()) {
          mistakes.add(
              pointer,
              node.isMissingNode() ? "is missing" : "is not a group of fields",
              "write {} if there is nothing");
          return Optional.empty();
        }
        var values = new TreeMap<K, V>();
        for (var field : node.properties()) {
          var at = pointer + "/" + FieldPath.escape(field.getKey());
          try {
            var key = parse.apply(field.getKey());
            value.read(field.getValue(), at, mistakes).ifPresent(read -> values.put(key, read));
          } catch (IllegalArgumentException e) {
            mistakes.add(at, String.valueOf(e.getMessage()), "write another name");
          }
        }
        return values.size() == node.size() ? Optional.of(values) : Optional.empty();
      }

      @Override
      public ObjectNode schema(SchemaBook book) {
        return SchemaBook.node()
            .put("type", "object")
            .set("additionalProperties", value.schema(book));
      }
    };
  }
}
