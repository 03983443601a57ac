package dev.flotilla.operator.core.compare;

import dev.flotilla.topology.model.ClusterRef;

/// Something that one side says of a cluster and another one does not.
///
/// @param subject the member, the entry or the resource that it is about
public record Difference(ClusterRef cluster, Kind kind, String subject) {

  /// What does not agree.
  public enum Kind {
    /// A volume or a pod tells of a member that is not recorded.
    NOT_RECORDED,
    /// A member is recorded, and neither a volume nor a pod tells of it.
    NOT_FOUND,
    /// The engine counts a member that nobody else tells of.
    ENGINE_ALONE,
    /// Members are recorded for another resource than the one that there is, or for one that is
    /// gone.
    OTHER_RESOURCE,
    /// An entry cannot be read.
    DAMAGED
  }
}
