package dev.flotilla.operator.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flotilla.operator.yaml.FieldPath;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A record, written as a group of fields; those that this version does not know are refused, so
/// that a misspelt one is not silently left out.
///
/// @param type the record
/// @param fields one for each component, in their order
record RecordShape<T>(Class<T> type, List<Field<?>> fields) implements Shape<T> {

  RecordShape {
    fields = List.copyOf(fields);
    var components = Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName);
    if (!components.toList().equals(fields.stream().map(Field::component).toList())) {
      throw new IllegalStateException("not every component of " + type + " is described, in order");
    }
  }

  /// @param component of the record
  /// @param name of the field
  record Field<V>(String component, String name, Shape<V> shape) {

    private JsonNode write(Object value) {
      @SuppressWarnings("unchecked")
      var typed = (V) value;
      return shape.write(typed);
    }
  }

  /// A field that is named as its component.
  static <V> Field<V> field(String name, Shape<V> shape) {
    return new Field<>(name, name, shape);
  }

  /// A field with a name of its own.
  static <V> Field<V> field(String component, String name, Shape<V> shape) {
    return new Field<>(component, name, shape);
  }

  /// @param type of which the caller knows the type arguments
  static <T> RecordShape<T> of(Class<?> type, Field<?>... fields) {
    @SuppressWarnings("unchecked")
    var typed = (Class<T>) type;
    return new RecordShape<>(typed, List.of(fields));
  }

  @Override
  public JsonNode write(T value) {
    var object = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < fields.size(); i++) {
      var field = fields.get(i);
      var written = field.write(component(value, i));
      if (!written.isMissingNode()) {
        object.set(field.name(), written);
      }
    }
    return object;
  }

  @Override
  public Optional<T> read(JsonNode node, String pointer, Mistakes mistakes) {
    if (!node.isObject()) {
      mistakes.add(
          pointer,
          node.isMissingNode() ? "is missing" : "is not a group of fields",
          "write the fields " + names());
      return Optional.empty();
    }
    for (var property : node.properties()) {
      if (fields.stream().noneMatch(field -> field.name().equals(property.getKey()))) {
        mistakes.addName(
            pointer + "/" + FieldPath.escape(property.getKey()),
            "is not known here",
            "take it out; the fields here are " + names());
      }
    }
    var values = new ArrayList<Object>();
    for (Field<?> field : fields) {
      var inner = node.path(field.name());
      field
          .shape()
          .read(
              inner.isNull() ? MissingNode.getInstance() : inner,
              pointer + "/" + field.name(),
              mistakes)
          .ifPresent(values::add);
    }
    return values.size() == fields.size() ? make(values, pointer, mistakes) : Optional.empty();
  }

  private Optional<T> make(List<Object> values, String pointer, Mistakes mistakes) {
    try {
      return Optional.of(constructor().newInstance(values.toArray()));
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refused) {
        mistakes.add(pointer, String.valueOf(refused.getMessage()), "correct the fields here");
        return Optional.empty();
      }
      throw new IllegalStateException(type + " cannot be made", e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " has a public constructor", e);
    }
  }

  private Constructor<T> constructor() throws NoSuchMethodException {
    return type.getConstructor(
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new));
  }

  private Object component(T value, int index) {
    try {
      return type.getRecordComponents()[index].getAccessor().invoke(value);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " has public accessors", e);
    }
  }

  private String names() {
    return String.join(", ", fields.stream().map(Field::name).toList());
  }

  @Override
  public ObjectNode schema(SchemaBook book) {
    return book.reference(type.getSimpleName(), () -> inline(book));
  }

  /// The schema itself, for a record whose type arguments differ from place to place.
  ObjectNode inline(SchemaBook book) {
    var schema = SchemaBook.node().put("type", "object");
    book.descriptions().ofRecord(type).ifPresent(text -> schema.put("description", text));
    var properties = schema.putObject("properties");
    var required = schema.putArray("required");
    for (Field<?> field : fields) {
      var inner = field.shape().schema(book);
      book.descriptions()
          .ofComponent(type, field.component())
          .ifPresent(text -> inner.put("description", text));
      properties.set(field.name(), inner);
      if (!field.shape().mayBeMissing()) {
        required.add(field.name());
      }
    }
    return schema.put("additionalProperties", false);
  }
}
