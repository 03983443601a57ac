package dev.flotilla.operator.core.rule;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.object.KeptObject;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.PoolSpec;

/// Keeps one disruption budget for each pool, so that node maintenance evicts one member at a time.
///
/// It comes after the first pods: before them it guards nothing, and with each pod that is made
/// Kubernetes counts anew.
///
/// Exactly one budget may match a pod: with two, Kubernetes refuses every eviction.
final class KeepBudgets implements Rule {

  private static final int AT_ONCE = 1;

  @Override
  public String meaning() {
    return "Keeps a disruption budget for each pool, so that one member at a time is evicted.";
  }

  @Override
  public Proposal propose(ClusterView view) {
    var draft = new Proposal.Draft(this);
    for (PoolSpec pool : view.spec().pools()) {
      var wanted = new KeptObject.Budget(pool.name(), AT_ONCE);
      if (view.hasPods() && !wanted.equals(view.standing().budgets().get(pool.name()))) {
        draft.step(new Step.Apply(wanted, Reason.CREATING));
      }
    }
    return draft.done();
  }
}
