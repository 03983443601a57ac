package dev.flotilla.operator.core.rule;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.view.ClusterView;
import java.util.List;

/// Names every volume that says it belongs to the cluster and is not believed. It is left alone.
///
/// Source: R30 in docs/requirements.md.
final class ReportStrayVolumes implements Rule {

  @Override
  public String meaning() {
    return "Names volumes that claim to belong to the cluster and are not believed.";
  }

  @Override
  public List<Reason> reasons() {
    return List.of(Reason.VOLUME_SUSPECT);
  }

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
