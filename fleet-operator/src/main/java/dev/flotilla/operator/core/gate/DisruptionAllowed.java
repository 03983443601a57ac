package dev.flotilla.operator.core.gate;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.effect.Leaving;
import dev.flotilla.operator.core.fleet.FleetFacts;
import dev.flotilla.operator.core.fleet.FleetLimits;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.MemberView;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.topology.model.MemberRecord;
import java.util.List;

/// Lets drains begin, and members that serve be restarted or replaced, only where a person allows
/// it for all databases. A drain that has begun goes on: to stop half-way helps nobody. To restart
/// a member that serves nothing disrupts nobody.
///
/// Source: docs/adr/0017-one-policy-and-a-breaker.md
final class DisruptionAllowed implements Gate {

  @Override
  public String meaning() {
    return "Drains begin, and members that serve are restarted, only if the FleetPolicy allows it.";
  }

  @Override
  public List<Reason> reasons() {
    return List.of(Reason.SCALE_IN_HELD, Reason.CHANGE_HELD, Reason.FLEET_POLICY_UNKNOWN);
  }

  @Override
  public Verdict check(ClusterView view, Step step) {
    if (isReplacing(view, step)) {
      return check(
          view,
          FleetLimits.Kind.REPLACE,
          Reason.SCALE_IN_HELD,
          "The FleetPolicy does not allow that a member be replaced. Allow it there, or cancel the operation.");
    }
    if (!Leaving.begun(view, step).isEmpty()) {
      return check(
          view,
          FleetLimits.Kind.DRAIN,
          Reason.SCALE_IN_HELD,
          "The FleetPolicy allows no drain. Allow it there, or set the number of instances back.");
    }
    return step instanceof Step.RestartPod restart && !restart.idle()
        ? check(
            view,
            FleetLimits.Kind.RESTART,
            Reason.CHANGE_HELD,
            "The FleetPolicy allows no restart. Allow it there, or take back what wants one.")
        : Verdict.pass();
  }

  /// Whether it makes a new member in another one's place, or lets one of the two go.
  private static boolean isReplacing(ClusterView view, Step step) {
    return step instanceof Step.Commit commit
        && (commit.members().stream().anyMatch(it -> isNew(view, it))
            || Leaving.begun(view, step).stream()
                .flatMap(name -> view.member(name).stream())
                .anyMatch(it -> view.isBeingReplaced(it) || isSpare(view, it)));
  }

  private static boolean isNew(ClusterView view, MemberRecord record) {
    return record.instead().isPresent() && view.member(record.name()).isEmpty();
  }

  private static boolean isSpare(ClusterView view, MemberView member) {
    return member.record().instead().flatMap(view::member).isPresent();
  }

  private static Verdict check(
      ClusterView view, FleetLimits.Kind kind, Reason reason, String forbidden) {
    return switch (view.fleet()) {
      case Reading.Unknown<FleetFacts>(var why) ->
          Verdict.veto(
              Reason.FLEET_POLICY_UNKNOWN,
              "Whether this is allowed is not known: %s.".formatted(why));
      case Reading.Known<FleetFacts>(var facts, var at) ->
          allows(facts.limits().disruption(), kind)
              ? Verdict.pass()
              : Verdict.veto(reason, forbidden);
    };
  }

  private static boolean allows(FleetLimits.Disruption disruption, FleetLimits.Kind kind) {
    return disruption.allowed().contains(kind) && disruption.maxClusters() > 0;
  }
}
