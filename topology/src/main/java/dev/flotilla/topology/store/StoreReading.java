package dev.flotilla.topology.store;

/// What a read gave. What could not be read is unknown, and never empty.
public sealed interface StoreReading {

  /// Every commit that was applied before the read began is in it.
  record Known(Contents contents) implements StoreReading {}

  /// @param why one clause for people
  record Unknown(String why) implements StoreReading {}
}
