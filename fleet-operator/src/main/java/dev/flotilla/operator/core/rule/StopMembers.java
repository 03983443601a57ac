package dev.flotilla.operator.core.rule;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.ClusterView;

/// Stops the pods of a cluster whose resource is being deleted. Volumes and Secrets stay.
///
/// Source: D1, D15 in docs/requirements.md.
final class StopMembers implements Rule {

  @Override
  public String meaning() {
    return "Stops the pods of a cluster that is being deleted, and leaves volumes and Secrets.";
  }

  @Override
  public Proposal propose(ClusterView view) {
    var draft = new Proposal.Draft(this);
    view.members()
        .forEach(member ->
            member
                .pod()
                .filter(pod -> !pod.terminating())
                .ifPresent(pod ->
                    draft.step(
                        new Step.DeletePod(
                            member.name(), pod.uid(), pod.resourceVersion(), Reason.DELETING))));
    return draft.done();
  }
}
