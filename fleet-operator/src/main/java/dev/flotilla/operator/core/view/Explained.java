package dev.flotilla.operator.core.view;

import java.util.List;

/// What the engine says about where one copy of a shard may go.
///
/// @param copy that was asked about
/// @param answer in one word
/// @param objections why it may not, in the engine's own words; each kind once, most members first
public record Explained(Evacuation.Copy copy, Answer answer, List<Objection> objections) {

  public Explained {
    objections = List.copyOf(objections);
  }

  /// Whether there is a member that may take the copy and is not itself to leave.
  public enum Answer {
    /// Some member takes it.
    CAN_GO,
    /// Some member will take it when something has passed that passes by itself.
    WAITS,
    /// No member takes it as things stand; waiting does not help.
    STAYS,
    /// It is not there any more: look again.
    MOVED
  }

  /// One kind of refusal.
  ///
  /// @param decider the engine's name for who refuses
  /// @param words the engine's, as it says them of the first member that it names
  /// @param members how many are refused for it
  public record Objection(String decider, String words, int members) {}
}
