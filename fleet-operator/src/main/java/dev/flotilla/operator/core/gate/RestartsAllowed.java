package dev.flotilla.operator.core.gate;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.FleetFacts;
import dev.flotilla.operator.core.view.FleetLimits;
import dev.flotilla.operator.core.view.Reading;
import java.util.List;

/// Lets members that serve be restarted only where a person allows it for all databases. One that
/// serves nothing is no disruption.
///
/// Source: docs/adr/0017-one-policy-and-a-breaker.md
final class RestartsAllowed implements Gate {

  @Override
  public String meaning() {
    return "Members that serve are restarted only if the FleetPolicy allows it.";
  }

  @Override
  public List<Reason> reasons() {
    return List.of(Reason.CHANGE_HELD, Reason.FLEET_POLICY_UNKNOWN);
  }

  @Override
  public Verdict check(ClusterView view, Step step) {
    if (!(step instanceof Step.RestartPod restart) || restart.idle()) {
      return Verdict.pass();
    }
    return switch (view.fleet()) {
      case Reading.Unknown<FleetFacts>(var why) ->
          Verdict.veto(
              Reason.FLEET_POLICY_UNKNOWN,
              "Whether restarts are allowed is not known: %s.".formatted(why));
      case Reading.Known<FleetFacts>(var facts, var at) -> check(facts.limits().disruption());
    };
  }

  private static Verdict check(FleetLimits.Disruption disruption) {
    return disruption.allowed().contains(FleetLimits.Kind.RESTART) && disruption.maxClusters() > 0
        ? Verdict.pass()
        : Verdict.veto(
            Reason.CHANGE_HELD,
            "The FleetPolicy allows no restart. Allow it there, or take back what wants one.");
  }
}
