package dev.flotilla.operator.core.view;

import static java.util.stream.Collectors.counting;

import dev.flotilla.topology.lifecycle.Stake;
import dev.flotilla.topology.model.MemberName;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// How far members are from holding nothing, as the elected voter itself says it.
///
/// A member that is absent here is not empty: it may have left for a moment and come back with all
/// it has.
///
/// @param evidence of which state of the engine this is true
/// @param members every member that is part of the engine cluster now, by name
/// @param left each copy on one of the members that were asked about, also one that only arrives
/// @param unassigned each copy that is nowhere
/// @param voters the engine's own ids of those whose majority elects
/// @param keptFromVoting how many members the engine was told to keep from voting
public record Evacuation(
    EngineMarks.Evidence evidence,
    EngineReport.Health health,
    List<Seat> members,
    List<Copy> left,
    List<Copy> unassigned,
    SortedSet<String> voters,
    int keptFromVoting) {

  public Evacuation {
    members = List.copyOf(members);
    left = List.copyOf(left);
    unassigned = List.copyOf(unassigned);
    voters = Collections.unmodifiableSortedSet(new TreeSet<>(voters));
  }

  /// A member as the engine knows it.
  ///
  /// @param nodeId stays as long as its volume
  /// @param processId another one after each start of its process: a count of empty readings starts
  ///   anew then
  /// @param copies on it, those that arrive and those that leave included
  /// @param usage empty if the member did not say it in time
  public record Seat(
      String name, String nodeId, String processId, int copies, Optional<Usage> usage) {}

  /// What a member's volume holds.
  ///
  /// @param shardBytes in shards; falls only when a copy has left as a whole
  /// @param copiedBytes of them that have arrived elsewhere, in copies that are on the move
  /// @param freeBytes on the volume
  /// @param totalBytes of the volume; empty if the engine does not know it
  public record Usage(long shardBytes, long copiedBytes, long freeBytes, OptionalLong totalBytes) {

    /// What has still to be sent away, an estimate.
    public long bytesLeft() {
      return Math.max(0, shardBytes - copiedBytes);
    }
  }

  /// One copy of a shard.
  ///
  /// @param index it belongs to
  /// @param shard its number in the index
  /// @param at the name of the member that has it; empty if nobody has
  /// @param movingTo the name of the member that it is being copied to
  /// @param reason why it is nowhere, in the engine's word; empty if it is somewhere
  public record Copy(
      String index,
      int shard,
      boolean primary,
      Optional<String> at,
      Optional<String> movingTo,
      Optional<String> reason) {}

  /// Copies that are nowhere and may be one of those that a member had when its drain began: every
  /// primary, and of each index that had a copy on it all, if they are more than there were then.
  ///
  /// An index that never had a place for all its copies is no reason to wait for one, and neither
  /// is one that lacks a copy because the member takes none any more.
  ///
  /// Source: R11, ZD-10 in docs/requirements.md
  ///
  /// @param stake what the member had; empty if that is not known: then it may be any
  public List<Copy> missing(Optional<Stake> stake) {
    if (stake.isEmpty()) {
      return unassigned;
    }
    var counts = unassigned.stream().collect(Collectors.groupingBy(Copy::index, counting()));
    return unassigned.stream()
        .filter(copy -> {
          var before = stake.get().indices().get(copy.index());
          return copy.primary()
              || (before != null && counts.getOrDefault(copy.index(), 0L) > before);
        })
        .toList();
  }

  /// Whether two of these members have a copy of one shard. Each of them may have somewhere to go,
  /// and it may be one place for both.
  public boolean shareShard(Collection<MemberName> some) {
    var names = some.stream().map(MemberName::value).toList();
    var shards =
        left.stream()
            .filter(copy -> copy.at().filter(names::contains).isPresent())
            .map(copy -> List.of(copy.index(), copy.shard()))
            .toList();
    return shards.stream().distinct().count() < shards.size();
  }

  public Optional<Seat> member(MemberName name) {
    return members.stream().filter(member -> member.name().equals(name.value())).findFirst();
  }
}
