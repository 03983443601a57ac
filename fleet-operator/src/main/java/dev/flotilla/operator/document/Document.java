package dev.flotilla.operator.document;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/// What `-o json` and `-o yaml` print: a record that says its version and kind first. Its schema is
/// published under docs/reference/schema, and a test holds the two together.
///
/// Source: UX-4 in docs/requirements.md.
@JsonPropertyOrder({"apiVersion", "kind"})
public interface Document {

  /// The version of all documents; another one means that a program has to be changed.
  String API_VERSION = "cli.flotilla.dev/v1";

  @JsonProperty
  default String apiVersion() {
    return API_VERSION;
  }

  /// The name of the record.
  @JsonProperty
  default String kind() {
    return getClass().getSimpleName();
  }
}
