package dev.flotilla.topology.lifecycle;

/// What the operator writes into an engine for the time of a drain.
public enum Mark {
  /// The engine keeps shards off the member.
  EXCLUDE
}
