package dev.flotilla.raft.command;

import dev.flotilla.topology.model.Epoch;
import dev.flotilla.topology.model.Revision;
import dev.flotilla.topology.store.CommitResult.Objection;

/// What became of a command. Only an answer that was written here counts: everything else that a
/// caller may see, an exception of the library too, says that nobody knows.
public sealed interface Answer {

  /// The transaction is in the store.
  record Applied(Revision revision) implements Answer {}

  /// The transaction is not in the store.
  record Rejected(Objection objection) implements Answer {}

  /// The lease is held from the moment on at which it was asked for.
  record Granted(Epoch epoch) implements Answer {}

  /// Somebody else has the lease.
  record Held(String holder, Epoch epoch) implements Answer {}

  /// There is nothing to say beyond that it happened.
  record Done() implements Answer {}

  /// The entry means nothing to this version. All voters of one version agree on that, and go on.
  ///
  /// @param why one clause for people
  record Unreadable(String why) implements Answer {}
}
