package dev.flotilla.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What becomes of a volume that nobody uses any more.
public enum RetentionKind {
  /// It is kept until a person deletes it.
  @JsonProperty("Retain")
  RETAIN,

  /// It is kept for a time that is given, and deleted then.
  @JsonProperty("RetainFor")
  RETAIN_FOR,

  /// It is kept for a week, and deleted then.
  @JsonProperty("Delete")
  DELETE
}
