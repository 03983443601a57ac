package dev.flotilla.operator.port;

import dev.flotilla.operator.core.retention.Deletion;
import dev.flotilla.operator.core.view.ClusterSpec;

/// A `DatabaseCluster` as last seen.
///
/// @param generation of the specification
public record ClusterResource(
    String uid, long generation, Deletion deletion, Specification specification) {

  /// Whether it has a deletion timestamp.
  public boolean deleting() {
    return deletion.isGoing();
  }

  /// The specification, checked once more: what admission lets through today may have been stored
  /// before it did.
  public sealed interface Specification {

    record Legal(ClusterSpec spec) implements Specification {}

    /// @param message names the field and the remedy
    record Illegal(String message) implements Specification {}
  }
}
