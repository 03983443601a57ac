package dev.flotilla.operator.core.gate;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.MemberView;
import dev.flotilla.operator.core.view.NodeView;
import dev.flotilla.operator.core.view.PodView;
import java.util.List;

/// Holds a new body for a member as long as an older one may still run.
///
/// A pod object that is there, whatever its state, counts as a body: on a silent node nobody knows
/// whether its process still writes. It stops counting when Kubernetes says that the object is
/// gone.
///
/// Source: PP-2, D10 in docs/requirements.md.
final class OneBody implements Gate {

  @Override
  public String meaning() {
    return "A member gets a new pod only when its old one is surely gone.";
  }

  @Override
  public List<Reason> reasons() {
    return List.of(Reason.HEALING, Reason.NODE_UNKNOWN);
  }

  @Override
  public Verdict check(ClusterView view, Step step) {
    if (!(step instanceof Step.CreatePod create)) {
      return Verdict.pass();
    }
    return view.member(create.pod().member().name())
        .flatMap(member -> member.pod().map(pod -> veto(view, member, pod)))
        .orElse(Verdict.pass());
  }

  private static Verdict veto(ClusterView view, MemberView member, PodView pod) {
    var node = pod.node().flatMap(view.terrain()::node);
    boolean answers = pod.node().isEmpty() || node.filter(NodeView::ready).isPresent();
    if (answers || node.filter(NodeView::outOfService).isPresent()) {
      return Verdict.veto(
          Reason.HEALING, "The old pod of member %s is still going.".formatted(member.name()));
    }
    return Verdict.veto(
        Reason.NODE_UNKNOWN,
        "Node %s does not answer, so member %s may still run there and is not started twice. Bring the node back, or taint it with node.kubernetes.io/out-of-service once it is surely off."
            .formatted(pod.node().orElse("?"), member.name()));
  }
}
