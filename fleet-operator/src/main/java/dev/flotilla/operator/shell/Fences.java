package dev.flotilla.operator.shell;

import dev.flotilla.topology.model.Epoch;
import dev.flotilla.topology.store.Fence;
import java.util.Optional;

/// What keeps the commits of an operator out that does not act any more.
interface Fences {

  /// What a commit under an epoch has to carry; empty if nobody else can write to the store.
  Optional<Fence> fence(Epoch epoch);

  /// The store refused a commit, because another epoch counts.
  void overtaken(Epoch current);
}
