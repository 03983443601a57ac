package dev.flotilla.topology.store;

import dev.flotilla.topology.model.Epoch;

/// What became of asking for a lease.
public sealed interface LeaseResult {

  /// It is held from the moment on at which the request was sent, for as long as was asked for.
  ///
  /// @param epoch higher than that of every holder before; the same when one's own is prolonged
  record Granted(Epoch epoch) implements LeaseResult {}

  /// Somebody else has it.
  record Held(String holder, Epoch epoch) implements LeaseResult {}

  /// It may or may not be held now, so nothing may be done on its authority.
  ///
  /// @param why one clause for people
  record Unconfirmed(String why) implements LeaseResult {}
}
