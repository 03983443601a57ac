package dev.flotilla.operator.core.rule;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.EngineReport;
import dev.flotilla.operator.core.view.PoolSpec;
import java.util.List;

/// Says what the specification wants of running members and is not done: they keep what they were
/// started with.
final class ReportPendingChanges implements Rule {

  @Override
  public String meaning() {
    return "Says what the specification wants of running members and is not done.";
  }

  @Override
  public List<Reason> reasons() {
    return List.of(Reason.CHANGE_HELD, Reason.ENGINE_VERSION_MISMATCH);
  }

  @Override
  public Proposal propose(ClusterView view) {
    var draft = new Proposal.Draft(this);
    view.spec().pools().forEach(pool -> reportOld(view, pool, draft));
    view.engine().known().ifPresent(report -> reportVersion(view, report, draft));
    return draft.done();
  }

  private static void reportOld(ClusterView view, PoolSpec pool, Proposal.Draft draft) {
    var wanted = Templates.of(view, pool).revision();
    long old =
        view.membersOf(pool.name()).stream()
            .flatMap(member -> member.pod().stream())
            .filter(pod -> !pod.isOver() && !pod.revision().equals(wanted))
            .filter(pod -> !KeepBodies.isCorrected(view, pool, pod))
            .count();
    if (old > 0) {
      draft.hold(
          Reason.CHANGE_HELD,
          "%d of %d members of pool %s run with older settings and are not restarted. New members get the new ones."
              .formatted(old, view.membersOf(pool.name()).size(), pool.name()));
    }
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
