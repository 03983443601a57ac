package dev.flotilla.raft.ratis;

import dev.flotilla.raft.ratis.Membership.Members;
import java.time.Duration;
import java.util.Optional;

/// How a voter that takes part stands, as it knows itself.
///
/// @param term the election that it last heard of
/// @param leader empty if it knows of none
/// @param members as it last heard
/// @param changing whether these are not kept for good yet: as long as that is so, a majority of
///   those that took part before counts too
/// @param committed the last entry that it knows to be kept for good
/// @param applied the last entry that its own copy of the store has
/// @param time store time at that entry
public record Standing(
    Role role,
    long term,
    Optional<VoterId> leader,
    Members members,
    boolean changing,
    long committed,
    long applied,
    Duration time) {

  /// What it does.
  public enum Role {
    /// It decides in which order changes are made.
    LEADER,
    /// It votes, and keeps what the leader sends.
    FOLLOWER,
    /// It keeps what the leader sends, and neither votes nor counts.
    LISTENER,
    /// It stands for election.
    CANDIDATE
  }
}
