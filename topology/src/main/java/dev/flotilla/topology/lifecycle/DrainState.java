package dev.flotilla.topology.lifecycle;

/// Where a drain stands.
public sealed interface DrainState {

  /// The member's data is to move away.
  record Running() implements DrainState {}

  /// It is being taken back: by a person, by a deadline or by another wish, always in the same way.
  ///
  /// @param why how it will have ended
  record Cancelling(DrainOutcome.Undone why) implements DrainState {}

  /// The member was empty and was given up: there is no way back.
  record Removing() implements DrainState {}

  /// It is over, and nothing of it is left in the engine.
  record Ended(DrainOutcome outcome) implements DrainState {}

  /// The stage of the member that is drained.
  default Stage stage() {
    return switch (this) {
      case Running running -> Stage.DRAINING;
      case Cancelling cancelling -> Stage.CANCELLING;
      case Removing removing -> Stage.REMOVING;
      case Ended(DrainOutcome.Drained drained) -> Stage.REMOVED;
      case Ended(DrainOutcome.Undone undone) -> Stage.PROVISIONED;
    };
  }
}
