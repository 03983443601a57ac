package dev.flotilla.topology.store;

import dev.flotilla.topology.model.Epoch;
import dev.flotilla.topology.model.Revision;

/// What became of a transaction.
public sealed interface CommitResult {

  /// All of it is in the store.
  record Applied(Revision revision) implements CommitResult {}

  /// None of it is in the store, nor will it ever be.
  record Rejected(Objection objection) implements CommitResult {}

  /// It may have happened, may still happen, or may never happen: read the head.
  ///
  /// @param why one clause for people
  record Unconfirmed(String why) implements CommitResult {}

  /// Why a transaction was refused.
  sealed interface Objection {

    /// Somebody else committed first. Read again and decide again.
    ///
    /// @param key what is no longer as it was
    /// @param current the revision that stands there instead
    record Outdated(Key key, Revision current) implements Objection {}

    /// The lease was granted to somebody else.
    ///
    /// @param current the epoch that counts now
    record Overtaken(Epoch current) implements Objection {}
  }
}
