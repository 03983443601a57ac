package dev.flotilla.operator.core.gate;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.effect.Leaving;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.topology.lifecycle.Stage;
import java.util.List;

/// Lets a database give up one member after the other: a member that goes must have gone, from
/// Kubernetes and from the engine, before the next one is given up.
///
/// Source: DR-1 in docs/requirements.md
final class OneRemoval implements Gate {

  @Override
  public String meaning() {
    return "Members of a database are given up one after the other.";
  }

  @Override
  public List<Reason> reasons() {
    return List.of(Reason.DRAINING);
  }

  @Override
  public Verdict check(ClusterView view, Step step) {
    return Leaving.givenUp(step).stream()
        .flatMap(name ->
            view.members().stream()
                .filter(member -> !member.name().equals(name))
                .filter(member -> member.stage() == Stage.REMOVING)
                .map(member ->
                    Verdict.veto(
                        Reason.DRAINING,
                        "Member %s waits until member %s has gone."
                            .formatted(name, member.name()))))
        .findFirst()
        .orElse(Verdict.pass());
  }
}
