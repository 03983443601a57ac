package dev.flotilla.topology.store;

import dev.flotilla.topology.model.MemberName;
import dev.flotilla.topology.model.MemberRecord;
import dev.flotilla.topology.model.Revision;
import java.util.List;
import java.util.Optional;

/// Every member of one cluster as the store knows them at one revision, ordered by name.
public record Roster(Revision revision, List<MemberRecord> members) {

  /// A cluster that the store has never heard of.
  public static final Roster EMPTY = new Roster(Revision.NONE, List.of());

  public Roster {
    members =
        members.stream().sorted((left, right) -> left.name().compareTo(right.name())).toList();
    if (members.stream().map(MemberRecord::name).distinct().count() != members.size()) {
      throw new IllegalArgumentException("a member is recorded twice");
    }
  }

  public Optional<MemberRecord> member(MemberName name) {
    return members.stream().filter(member -> member.name().equals(name)).findFirst();
  }
}
