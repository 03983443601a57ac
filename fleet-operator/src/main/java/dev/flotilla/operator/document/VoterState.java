package dev.flotilla.operator.document;

import java.util.List;

/// What an operator says of its voter in the store.
///
/// @param zone of the operator
/// @param voter its name, such as `zone-a.1`; empty if it has not started
/// @param role Leader, Follower, Listener or Candidate; empty if it takes no part
/// @param term number of the election that it last heard of
/// @param leader who leads, as far as it knows; empty if it knows of nobody
/// @param voters who votes, as far as it knows
/// @param listeners who is told, and does not vote yet
/// @param changing whether those are just being changed: one who takes part must not be ended then
/// @param committed number of the last entry that is kept for good, as far as it knows
/// @param applied number of the last entry that it has itself
/// @param storeSeconds store time at that entry, in seconds
/// @param why it takes no part; empty if it does
public record VoterState(
    String zone,
    String voter,
    String role,
    long term,
    String leader,
    List<String> voters,
    List<String> listeners,
    boolean changing,
    long committed,
    long applied,
    long storeSeconds,
    String why)
    implements Document {

  public VoterState {
    voters = List.copyOf(voters);
    listeners = List.copyOf(listeners);
  }
}
