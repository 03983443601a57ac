package dev.flotilla.operator.core.rule;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.object.KeptObject;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.ClusterView;

/// Keeps the tenant's own address, from the first pod on: nobody answers there before.
final class KeepService implements Rule {

  @Override
  public String meaning() {
    return "Keeps the tenant's own address.";
  }

  @Override
  public Proposal propose(ClusterView view) {
    return view.standing().service().isPresent() || !view.hasPods()
        ? Proposal.NOTHING
        : Proposal.of(new Step.Apply(new KeptObject.ClientService(), Reason.CREATING));
  }
}
