package dev.flotilla.topology.store;

import dev.flotilla.topology.lifecycle.DrainRecord;
import dev.flotilla.topology.lifecycle.Stage;
import dev.flotilla.topology.model.MemberName;
import dev.flotilla.topology.model.MemberRecord;
import dev.flotilla.topology.model.Revision;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Every member of one cluster as the store knows them at one revision, and their drains, both
/// ordered by name.
///
/// @param drains the last one of each member that was ever drained
public record Roster(Revision revision, List<MemberRecord> members, List<DrainRecord> drains) {

  /// A cluster that the store has never heard of.
  public static final Roster EMPTY = new Roster(Revision.NONE, List.of(), List.of());

  public Roster {
    members = members.stream().sorted(Comparator.comparing(MemberRecord::name)).toList();
    drains = drains.stream().sorted(Comparator.comparing(DrainRecord::member)).toList();
    if (members.stream().map(MemberRecord::name).distinct().count() != members.size()) {
      throw new IllegalArgumentException("a member is recorded twice");
    }
    if (drains.stream().map(DrainRecord::member).distinct().count() != drains.size()) {
      throw new IllegalArgumentException("a member is drained by two drains");
    }
  }

  public Optional<MemberRecord> member(MemberName name) {
    return members.stream().filter(member -> member.name().equals(name)).findFirst();
  }

  public Optional<DrainRecord> drain(MemberName name) {
    return drains.stream().filter(drain -> drain.member().equals(name)).findFirst();
  }

  /// Whether the member was removed for good.
  public boolean isGone(MemberRecord member) {
    return drain(member.name()).filter(drain -> drain.stage() == Stage.REMOVED).isPresent();
  }
}
