package dev.flotilla.topology.store;

import dev.flotilla.topology.model.Revision;

/// What became of a commit.
public sealed interface CommitResult {

  /// All of it is in the store.
  record Applied(Revision revision) implements CommitResult {}

  /// None of it is in the store: somebody else committed first. Read again and plan again.
  ///
  /// @param current the revision that stands there instead
  record Rejected(Revision current) implements CommitResult {}
}
