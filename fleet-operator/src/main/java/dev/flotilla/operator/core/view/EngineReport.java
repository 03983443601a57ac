package dev.flotilla.operator.core.view;

import java.util.List;
import java.util.Optional;

/// What the engine says of itself in one report that it vouches for as a whole.
///
/// A report counts only if the engine's elected voter answered first; the adapter gives Unknown
/// otherwise.
///
/// @param clusterUuid the engine cluster's own identity, given when it was formed
/// @param health as the engine puts it
/// @param nodes every member that is part of the engine cluster now
public record EngineReport(String clusterUuid, Health health, List<Node> nodes) {

  public EngineReport {
    nodes = List.copyOf(nodes);
  }

  /// Whether the shards have their copies.
  public enum Health {
    /// Every copy of every shard is there.
    GREEN,
    /// Every shard can be read and written, but some lack a copy.
    YELLOW,
    /// Some shard has no copy at all.
    RED
  }

  /// @param name the member's name
  /// @param id the engine's own, which stays as long as its volume
  /// @param shards copies on it
  /// @param moving those of them that arrive from another member or leave for one
  public record Node(String name, String id, String version, int shards, int moving) {}

  public Optional<Node> node(String name) {
    return nodes.stream().filter(node -> node.name().equals(name)).findFirst();
  }
}
