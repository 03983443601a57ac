package dev.flotilla.operator.core.rule;

import dev.flotilla.operator.core.view.ClusterView;

/// Proposes what to do about one concern.
///
/// Total and pure: the same view gives the same proposal, and no view makes it throw.
public interface Rule {

  Proposal propose(ClusterView view);

  /// Its name in plans and holds.
  default String name() {
    return getClass().getSimpleName();
  }
}
