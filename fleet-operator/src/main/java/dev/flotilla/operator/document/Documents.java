package dev.flotilla.operator.document;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.flotilla.operator.yaml.YamlText;
import java.util.Optional;

/// Writes documents. Times are RFC 3339 in UTC; what is absent is left out.
public final class Documents {

  private static final JsonInclude.Value PRESENT =
      JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL);

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(SerializationFeature.INDENT_OUTPUT)
          // A stream that shows ASCII alone gets the same text.
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .defaultPropertyInclusion(PRESENT)
          .build();

  private Documents() {}

  /// Reads what another version may have written: fields that this one does not know are passed
  /// over.
  ///
  /// @throws IllegalArgumentException if it is another kind of document
  public static <T extends Document> T read(String json, Class<T> type) {
    try {
      return Optional.ofNullable(JSON.readValue(json, type))
          .orElseThrow(() -> new IllegalArgumentException("nothing"));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a " + type.getSimpleName(), e);
    }
  }

  /// Ends without a line break.
  public static String json(Document document) {
    try {
      return JSON.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records of texts and numbers can be written", e);
    }
  }

  /// Ends without a line break.
  public static String yaml(Document document) {
    return YamlText.write(JSON.valueToTree(document)).stripTrailing();
  }
}
