package dev.flotilla.operator.core.gate;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.FleetFacts;
import dev.flotilla.operator.core.view.FleetLimits;
import dev.flotilla.operator.core.view.Reading;
import java.util.List;

/// Lets drains begin only where a person allows them for all databases. One that has begun goes on:
/// to stop half-way helps nobody.
///
/// Source: docs/adr/0017-one-policy-and-a-breaker.md
final class DrainsAllowed implements Gate {

  @Override
  public String meaning() {
    return "Drains begin only if the FleetPolicy allows them.";
  }

  @Override
  public List<Reason> reasons() {
    return List.of(Reason.SCALE_IN_HELD, Reason.FLEET_POLICY_UNKNOWN);
  }

  @Override
  public Verdict check(ClusterView view, Step step) {
    if (Leaving.begun(view, step).isEmpty()) {
      return Verdict.pass();
    }
    return switch (view.fleet()) {
      case Reading.Unknown<FleetFacts>(var why) ->
          Verdict.veto(
              Reason.FLEET_POLICY_UNKNOWN,
              "Whether drains are allowed is not known: %s.".formatted(why));
      case Reading.Known<FleetFacts>(var facts, var at) -> check(facts.limits().disruption());
    };
  }

  private static Verdict check(FleetLimits.Disruption disruption) {
    return disruption.allowed().contains(FleetLimits.Kind.DRAIN) && disruption.maxClusters() > 0
        ? Verdict.pass()
        : Verdict.veto(
            Reason.SCALE_IN_HELD,
            "The FleetPolicy allows no drain. Allow it there, or set the number of instances back.");
  }
}
