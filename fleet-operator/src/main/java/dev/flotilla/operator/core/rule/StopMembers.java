package dev.flotilla.operator.core.rule;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.retention.Deletion;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.ClusterView;
import java.util.List;

/// Stops the pods of a cluster whose resource is being deleted. Volumes and Secrets stay.
///
/// A deletion that nobody confirmed stops nothing: the API server lets such a one through if the
/// policies are not installed, and for every database at once if their definition goes.
///
/// Source: D1, D3, D15 in docs/requirements.md.
final class StopMembers implements Rule {

  @Override
  public String meaning() {
    return "Stops the pods of a cluster that is being deleted, and leaves volumes and Secrets.";
  }

  @Override
  public List<Reason> reasons() {
    return List.of(Reason.DELETION_UNCONFIRMED);
  }

  @Override
  public Proposal propose(ClusterView view) {
    var draft = new Proposal.Draft(this);
    if (view.isKeptFromDeletion()) {
      draft.hold(Reason.DELETION_UNCONFIRMED, words(view));
      return draft.done();
    }
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

  private static String words(ClusterView view) {
    var ref = view.ref();
    return "Database %s was deleted and holds data, and nobody has confirmed that it shall go, so nothing is stopped. If it shall go, set metadata.annotations[flotilla.dev/confirm-delete]: kubectl annotate databasecluster %s -n %s --overwrite flotilla.dev/confirm-delete=%s"
        .formatted(
            ref,
            ref.name(),
            ref.namespace(),
            Deletion.confirmation(ref.name(), view.identity().uid()));
  }
}
