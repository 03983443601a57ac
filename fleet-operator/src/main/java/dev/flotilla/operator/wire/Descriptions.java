package dev.flotilla.operator.wire;

import java.util.Optional;

/// Words that explain records and their components to readers of a schema.
public interface Descriptions {

  /// What the record is.
  Optional<String> ofRecord(Class<?> type);

  /// What its component is.
  Optional<String> ofComponent(Class<?> type, String component);
}
