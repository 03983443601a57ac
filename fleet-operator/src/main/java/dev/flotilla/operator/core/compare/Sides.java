package dev.flotilla.operator.core.compare;

import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.MemberName;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// What is said of one cluster, side by side.
///
/// @param engine members that its engine counts
public record Sides(
    ClusterRef cluster, Recorded recorded, Found found, Reading<Set<String>> engine) {

  /// What the store says.
  ///
  /// @param resource uid of the resource that it was recorded for; empty if nothing is recorded
  /// @param damage the first entry that cannot be read; empty if all can
  public record Recorded(
      Optional<String> resource, SortedSet<MemberName> members, Optional<String> damage) {
    public Recorded {
      members = Collections.unmodifiableSortedSet(new TreeSet<>(members));
    }
  }

  /// What Kubernetes says.
  ///
  /// @param resource uid of its resource; empty if there is none
  /// @param volumes members that a volume claim tells of
  /// @param pods members that have a pod
  public record Found(
      Optional<String> resource, SortedSet<MemberName> volumes, SortedSet<MemberName> pods) {
    public Found {
      volumes = Collections.unmodifiableSortedSet(new TreeSet<>(volumes));
      pods = Collections.unmodifiableSortedSet(new TreeSet<>(pods));
    }
  }
}
