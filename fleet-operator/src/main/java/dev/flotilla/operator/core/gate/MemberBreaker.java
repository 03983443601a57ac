package dev.flotilla.operator.core.gate;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.effect.Leaving;
import dev.flotilla.operator.core.fleet.FleetFacts;
import dev.flotilla.operator.core.fleet.FleetLimits;
import dev.flotilla.operator.core.fleet.Losses;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.Reading;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// Holds new drains and the giving up of members while databases have lost too many within a while:
/// that is what a wrong number in many places looks like. Members that drain serve meanwhile, and
/// repair is never held.
///
/// Source: D12 in docs/requirements.md; docs/adr/0032-a-budget-for-the-fleet.md
final class MemberBreaker implements Gate {

  @Override
  public String meaning() {
    return "No more members are given up within a while than the FleetPolicy allows.";
  }

  @Override
  public List<Reason> reasons() {
    return List.of(Reason.BREAKER_OPEN, Reason.FLEET_POLICY_UNKNOWN);
  }

  @Override
  public Verdict check(ClusterView view, Step step) {
    if (Leaving.of(view, step).isEmpty()) {
      return Verdict.pass();
    }
    return switch (view.fleet()) {
      case Reading.Unknown<FleetFacts>(var why) ->
          Verdict.veto(
              Reason.FLEET_POLICY_UNKNOWN,
              "The limits of the fleet are not known: %s.".formatted(why));
      case Reading.Known<FleetFacts>(var fleet, var at) when fleet.losses().mayGo(fleet.limits()) ->
          Verdict.pass();
      case Reading.Known<FleetFacts>(var fleet, var at) -> open(fleet.losses(), fleet.limits());
    };
  }

  private static Verdict open(Losses losses, FleetLimits limits) {
    var next = losses.nextAt(limits);
    var when =
        next.map(MemberBreaker::minute)
            .map("It goes on at about %s"::formatted)
            .orElse("It never goes on");
    return new Verdict.Veto(
        Reason.BREAKER_OPEN,
        "At most %d members are given up within %d minutes, and as many were. %s; to go on now, raise spec.breaker.members of the FleetPolicy default."
            .formatted(losses.limit(limits), limits.breaker().window().toMinutes(), when),
        next);
  }

  private static Instant minute(Instant time) {
    return time.truncatedTo(ChronoUnit.MINUTES);
  }
}
