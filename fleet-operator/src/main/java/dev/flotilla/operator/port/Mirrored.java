package dev.flotilla.operator.port;

import java.util.Optional;

/// What became of showing an epoch that came with the store's lease.
public sealed interface Mirrored {

  /// It is shown.
  record Shown() implements Mirrored {}

  /// The store that gave it may not tell of today, and nobody acts by it before a person has said
  /// what counts.
  ///
  /// @param why one clause for people
  /// @param trusted what the person has said; empty if nothing yet
  record Halted(String why, Optional<Trusted> trusted) implements Mirrored {}

  /// What counts where the store and Kubernetes disagree on who is a member.
  enum Trusted {
    /// The store, as it is.
    STORE,
    /// Volumes and pods: the records are made anew from them.
    KUBERNETES
  }
}
