package dev.flotilla.operator.core.rule;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.object.KeptObject;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.ClusterView;

/// Keeps the engine's settings as the specification says. Members read them when their pod starts,
/// not before.
final class KeepConfig implements Rule {

  @Override
  public String meaning() {
    return "Keeps the engine's settings as the specification says.";
  }

  @Override
  public Proposal propose(ClusterView view) {
    var wanted = new KeptObject.Config(view.blueprint().files());
    return view.standing().config().filter(wanted::equals).isPresent()
        ? Proposal.NOTHING
        : Proposal.of(new Step.Apply(wanted, Reason.CREATING));
  }
}
