package dev.flotilla.operator.core.rule;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.view.ClusterView;

/// Names every volume that says it belongs to the cluster and is not believed. It is left alone.
///
/// Source: R30 in docs/requirements.md.
final class ReportStrayVolumes implements Rule {

  @Override
  public Proposal propose(ClusterView view) {
    var draft = new Proposal.Draft(this);
    view.strays()
        .forEach(stray ->
            draft.hold(
                Reason.VOLUME_SUSPECT,
                "Volume claim %s is not used: %s. Compare its record, then remove its label flotilla.dev/cluster."
                    .formatted(stray.name(), stray.why())));
    return draft.done();
  }
}
