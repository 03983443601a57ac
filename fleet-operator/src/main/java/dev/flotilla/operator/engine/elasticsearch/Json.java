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
import java.util.Optional;

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

  static void start(JsonParser json, JsonToken token) throws IOException {
    require(json.nextToken() == token);
  }

  /// The name of the field at hand; the parser stands on its value afterwards.
  static String enter(JsonParser json) throws IOException {
    var name = json.currentName();
    json.nextToken();
    return name;
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

  static void end(JsonParser json) throws IOException {
    require(json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null);
  }

  static void require(boolean understood) throws IOException {
    if (!understood) {
      throw new IOException("another shape than expected");
    }
  }
}
