package dev.flotilla.operator.core.rule;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.EngineReport;
import java.util.List;

/// Says that a member runs another version than the specification: nobody is restarted or added
/// then.
final class ReportVersion implements Rule {

  @Override
  public String meaning() {
    return "Says that a member runs another version than the specification.";
  }

  @Override
  public List<Reason> reasons() {
    return List.of(Reason.ENGINE_VERSION_MISMATCH);
  }

  @Override
  public Proposal propose(ClusterView view) {
    var draft = new Proposal.Draft(this);
    view.engine().known().ifPresent(report -> reportVersion(view, report, draft));
    return draft.done();
  }

  private static void reportVersion(ClusterView view, EngineReport report, Proposal.Draft draft) {
    var wanted = view.spec().engineVersion();
    report.nodes().stream()
        .filter(node -> !node.version().equals(wanted))
        .findFirst()
        .ifPresent(node ->
            draft.hold(
                Reason.ENGINE_VERSION_MISMATCH,
                "Member %s runs %s, spec.engine.version says %s. Make spec.engine.image and spec.engine.version agree."
                    .formatted(node.name(), node.version(), wanted)));
  }
}
