package dev.flotilla.topology.lifecycle;

import java.time.Instant;

/// Until when a drain should have emptied its member, and what becomes of it if it has not.
///
/// @param at by the clock of whoever began it
/// @param then never a way forward
public record Deadline(Instant at, OnTimeout then) {

  /// What becomes of a drain that does not come to an end.
  public enum OnTimeout {
    /// It stays as it is and says why; a person decides.
    HOLD,
    /// It is taken back, and its member serves as before.
    CANCEL
  }
}
