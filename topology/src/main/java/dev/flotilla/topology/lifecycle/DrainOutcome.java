package dev.flotilla.topology.lifecycle;

/// How a drain ended. Only [Drained] ever lets a pod be deleted.
public sealed interface DrainOutcome {

  /// The member was empty and has gone.
  record Drained() implements DrainOutcome {}

  /// It was taken back; the member serves as before.
  enum Undone implements DrainOutcome {
    /// A person wanted it back.
    CANCELLED,
    /// The member is needed: its pool shall have as many members as before, or nobody ever wanted
    /// it to go.
    SUPERSEDED,
    /// Its time was over.
    TIMED_OUT,
    /// The engine has no place for what the member holds.
    INFEASIBLE
  }
}
