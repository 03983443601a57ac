package dev.flotilla.operator.core.gate;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.MemberView;
import dev.flotilla.operator.core.view.NodeView;
import dev.flotilla.operator.core.view.VolumeView;
import java.util.List;

/// Holds the restart of a member that serves and that no node would take again: its volume keeps it
/// in its zone, or even on one node.
///
/// Source: AZ-1 in docs/requirements.md
final class ComesBack implements Gate {

  @Override
  public String meaning() {
    return "A member is restarted only where a node of its zone would take it again.";
  }

  @Override
  public List<Reason> reasons() {
    return List.of(Reason.ZONES_INSUFFICIENT);
  }

  @Override
  public Verdict check(ClusterView view, Step step) {
    return step instanceof Step.RestartPod restart && !restart.idle()
        ? view.member(restart.member()).map(member -> check(view, member)).orElse(Verdict.pass())
        : Verdict.pass();
  }

  private static Verdict check(ClusterView view, MemberView member) {
    var home = member.volume().flatMap(VolumeView::node);
    if (home.isPresent()) {
      return home.flatMap(view.terrain()::node).filter(NodeView::isUsable).isPresent()
          ? Verdict.pass()
          : Verdict.veto(
              Reason.ZONES_INSUFFICIENT,
              "Member %s is not restarted: its volume lies on node %s, which takes no pods now. Uncordon it."
                  .formatted(member.name(), home.get()));
    }
    return view.terrain().isUsable(member.zone())
        ? Verdict.pass()
        : Verdict.veto(
            Reason.ZONES_INSUFFICIENT,
            "Member %s is not restarted: no node of zone %s would take it again. Uncordon one, or add one there."
                .formatted(member.name(), member.zone()));
  }
}
