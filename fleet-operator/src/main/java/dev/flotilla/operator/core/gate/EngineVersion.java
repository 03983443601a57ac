package dev.flotilla.operator.core.gate;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.effect.Growth;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.ClusterView;
import java.util.List;

/// Holds new members, and restarts of those that serve, while a running one says another version
/// than the specification: the image is not what it was said to be, and whoever is started with it
/// cannot go back.
final class EngineVersion implements Gate {

  @Override
  public String meaning() {
    return "Members are added and restarted only while those that run say the version of the specification.";
  }

  @Override
  public List<Reason> reasons() {
    return List.of(Reason.ENGINE_VERSION_MISMATCH);
  }

  @Override
  public Verdict check(ClusterView view, Step step) {
    boolean ends = step instanceof Step.RestartPod restart && !restart.idle();
    if (!Growth.isGrowth(step) && !ends) {
      return Verdict.pass();
    }
    var wanted = view.spec().engineVersion();
    return view.engine().known().stream()
        .flatMap(report -> report.nodes().stream())
        .filter(node -> !node.version().equals(wanted))
        .findFirst()
        .map(node ->
            Verdict.veto(
                Reason.ENGINE_VERSION_MISMATCH,
                "No member is %s: %s runs %s, spec.engine.version says %s."
                    .formatted(ends ? "restarted" : "added", node.name(), node.version(), wanted)))
        .orElse(Verdict.pass());
  }
}
