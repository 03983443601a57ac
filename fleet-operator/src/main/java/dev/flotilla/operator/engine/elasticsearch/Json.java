package dev.flotilla.operator.engine.elasticsearch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// JSON of somebody who may mean harm, with limits, and what may be said on.
final class Json {

  /// More members than any cluster has.
  static final int MAX_MEMBERS = 1000;

  private static final int MAX_NESTING = 32;
  private static final int MAX_TEXT = 255;
  private static final int MAX_LONG_TEXT = 64 * 1024;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_NESTING)
                  .maxNameLength(MAX_TEXT)
                  .maxNumberLength(MAX_TEXT)
                  .maxStringLength(MAX_LONG_TEXT)
                  .build())
          .build();

  private static final JsonMapper TREES =
      JsonMapper.builder(FACTORY).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private Json() {}

  /// A stream, for what may be long.
  static JsonParser parser(byte[] body) throws IOException {
    return FACTORY.createParser(body);
  }

  /// The whole, for what is short: it takes about ten times its length.
  static JsonNode tree(byte[] body) throws IOException {
    return TREES.readTree(body);
  }

  static JsonGenerator generator(Writer out) throws IOException {
    return FACTORY.createGenerator(out);
  }

  /// The name of the field at hand; the parser stands on its value afterwards.
  private static String enter(JsonParser json) throws IOException {
    var name = json.currentName();
    json.nextToken();
    return name;
  }

  /// What reads one value, on which the parser stands.
  interface Reader<T> {
    T read(JsonParser json) throws IOException;
  }

  /// What takes the fields of an object as they come; it skips those that it does not know.
  interface Fields {
    void read(String name) throws IOException;
  }

  /// The fields of the object at hand.
  static void fields(JsonParser json, Fields fields) throws IOException {
    require(json.currentToken() == JsonToken.START_OBJECT);
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      fields.read(enter(json));
    }
    require(json.currentToken() == JsonToken.END_OBJECT);
  }

  /// The object that is all there is.
  static void whole(JsonParser json, Fields fields) throws IOException {
    json.nextToken();
    fields(json, fields);
    end(json);
  }

  /// One field of the object at hand; empty if there is none.
  static <T> Optional<T> only(JsonParser json, String field, Reader<T> reader) throws IOException {
    Optional<T> found = Optional.empty();
    require(json.currentToken() == JsonToken.START_OBJECT);
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      if (enter(json).equals(field)) {
        found = Optional.of(reader.read(json));
      } else {
        json.skipChildren();
      }
    }
    return found;
  }

  /// What the object at hand says of each member, by the member's id.
  static <T> SortedMap<String, T> byMember(JsonParser json, Reader<T> reader) throws IOException {
    var members = new TreeMap<String, T>();
    fields(
        json,
        id -> {
          members.put(id, reader.read(json));
          require(members.size() <= MAX_MEMBERS);
        });
    return members;
  }

  /// Texts of the object at hand that must all be there, in the order of their names here.
  static List<String> texts(JsonParser json, List<String> names) throws IOException {
    var texts = new HashMap<String, String>();
    fields(
        json,
        name -> {
          if (names.contains(name)) {
            texts.put(name, text(json));
          } else {
            json.skipChildren();
          }
        });
    require(texts.size() == names.size());
    return names.stream().map(texts::get).toList();
  }

  /// Each object of the list at hand.
  static <T> List<T> objects(JsonParser json, Reader<T> reader) throws IOException {
    var objects = new ArrayList<T>();
    require(json.currentToken() == JsonToken.START_ARRAY);
    while (json.nextToken() == JsonToken.START_OBJECT) {
      objects.add(reader.read(json));
    }
    require(json.currentToken() == JsonToken.END_ARRAY);
    return objects;
  }

  static Optional<String> textIfAny(JsonParser json) throws IOException {
    return json.currentToken() == JsonToken.VALUE_NULL ? Optional.empty() : Optional.of(text(json));
  }

  /// A text that may be shown to people.
  static String text(JsonParser json) throws IOException {
    require(json.currentToken() == JsonToken.VALUE_STRING);
    return shown(json.getText());
  }

  /// A text that may be shown to people.
  static String text(JsonNode value) throws IOException {
    require(value.isTextual());
    return shown(value.textValue());
  }

  private static String shown(String text) throws IOException {
    require(
        !text.isBlank()
            && text.length() <= MAX_TEXT
            && text.codePoints().noneMatch(Character::isISOControl));
    return text;
  }

  /// A number that counts something.
  static long count(JsonParser json) throws IOException {
    require(json.currentToken() == JsonToken.VALUE_NUMBER_INT && json.getLongValue() >= 0);
    return json.getLongValue();
  }

  private static void end(JsonParser json) throws IOException {
    require(json.nextToken() == null);
  }

  static void require(boolean understood) throws IOException {
    if (!understood) {
      throw new IOException("another shape than expected");
    }
  }
}
