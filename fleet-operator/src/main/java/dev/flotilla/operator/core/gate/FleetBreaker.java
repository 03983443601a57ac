package dev.flotilla.operator.core.gate;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.fleet.FleetFacts;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.Reading;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// Holds a deleted database's pods while too many databases have been stopped lately, or are
/// waiting to be: that is what an accident looks like. Repair is never held.
///
/// Source: D12 in docs/requirements.md; docs/adr/0017-one-policy-and-a-breaker.md
final class FleetBreaker implements Gate {

  @Override
  public String meaning() {
    return "No more deleted databases are stopped within a while than the FleetPolicy allows.";
  }

  @Override
  public List<Reason> reasons() {
    return List.of(Reason.BREAKER_OPEN, Reason.FLEET_POLICY_UNKNOWN);
  }

  @Override
  public Verdict check(ClusterView view, Step step) {
    boolean isRemoval = view.isToEnd() && step instanceof Step.DeletePod;
    if (!isRemoval) {
      return Verdict.pass();
    }
    return switch (view.fleet()) {
      case Reading.Unknown<FleetFacts>(var why) ->
          Verdict.veto(
              Reason.FLEET_POLICY_UNKNOWN,
              "The limits of the fleet are not known: %s.".formatted(why));
      case Reading.Known<FleetFacts>(var fleet, var at) when fleet.mayBeRemoved() -> Verdict.pass();
      case Reading.Known<FleetFacts>(var fleet, var at) ->
          new Verdict.Veto(Reason.BREAKER_OPEN, words(view, fleet), fleet.removedAt(view.now()));
    };
  }

  /// Without a count of those ahead: it changes all the time, and with it the status would.
  private static String words(ClusterView view, FleetFacts fleet) {
    var when =
        fleet
            .removedAt(view.now())
            .map(time -> "It is stopped at about " + time.truncatedTo(ChronoUnit.MINUTES))
            .orElse("It is never stopped");
    return "At most %d databases are stopped within %d minutes, and others were deleted before this one. %s; to stop it now, raise spec.breaker.clusters of the FleetPolicy default."
        .formatted(fleet.removalLimit(), fleet.limits().breaker().window().toMinutes(), when);
  }
}
