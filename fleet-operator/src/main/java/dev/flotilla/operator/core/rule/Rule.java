package dev.flotilla.operator.core.rule;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.step.Holder;
import dev.flotilla.operator.core.view.ClusterView;
import java.util.List;

/// Proposes what to do about one concern.
///
/// Total and pure: the same view gives the same proposal, and no view makes it throw.
public interface Rule extends Holder {

  Proposal propose(ClusterView view);

  @Override
  default List<Reason> reasons() {
    return List.of();
  }
}
