package dev.flotilla.operator.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/// How values of one type are written, read back and described.
///
/// @param <T> the type
interface Shape<T> {

  /// The value as a tree; a missing node if there is nothing to write.
  JsonNode write(T value);

  /// The value that a tree stands for; empty if something is wrong, which is then among the
  /// mistakes.
  ///
  /// @param node missing if the field is not there
  Optional<T> read(JsonNode node, String pointer, Mistakes mistakes);

  /// What the published schema says of it.
  ObjectNode schema(SchemaBook book);

  /// Whether the field may be left out.
  default boolean mayBeMissing() {
    return false;
  }
}
