package dev.flotilla.operator.core.view;

import dev.flotilla.topology.model.MemberName;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;

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

  public Optional<Seat> member(MemberName name) {
    return members.stream().filter(member -> member.name().equals(name.value())).findFirst();
  }
}
