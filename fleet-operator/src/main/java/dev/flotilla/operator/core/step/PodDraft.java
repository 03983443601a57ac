package dev.flotilla.operator.core.step;

import dev.flotilla.operator.core.view.Resources;
import dev.flotilla.operator.core.view.Role;
import dev.flotilla.topology.model.MemberName;
import dev.flotilla.topology.model.MemberRecord;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// A member's pod as it shall be made.
///
/// @param poolUid uid of the `DatabasePool` that owns it
/// @param template what all pods of the pool have in common
/// @param founders names of the voters that form the engine cluster; empty once it was formed
public record PodDraft(
    MemberRecord member, String poolUid, Template template, List<MemberName> founders) {

  public PodDraft {
    founders = List.copyOf(founders);
  }

  /// What all pods of a pool have in common.
  ///
  /// @param engineVersion of the form 9.5.3
  /// @param revision fingerprint of all of this and of the configuration; a pod that carries
  ///   another one is not up to date
  public record Template(
      String engineVersion,
      String image,
      SortedSet<Role> roles,
      Resources resources,
      String revision) {

    public Template {
      roles = Collections.unmodifiableSortedSet(new TreeSet<>(roles));
    }
  }
}
