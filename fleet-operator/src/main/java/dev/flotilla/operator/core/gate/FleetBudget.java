package dev.flotilla.operator.core.gate;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.effect.Disrupting;
import dev.flotilla.operator.core.fleet.FleetFacts;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.topology.model.Zone;
import java.util.List;
import java.util.SortedSet;

/// Lets as many databases be disrupted on purpose at the same time as a person allows for all of
/// them, and in one zone if that is asked for. What has begun goes on: half-way nobody is well.
///
/// Source: docs/adr/0032-a-budget-for-the-fleet.md
final class FleetBudget implements Gate {

  @Override
  public String meaning() {
    return "No more databases are disrupted at the same time than the FleetPolicy allows.";
  }

  @Override
  public List<Reason> reasons() {
    return List.of(Reason.WAITS_FOR_OTHERS, Reason.FLEET_POLICY_UNKNOWN);
  }

  @Override
  public Verdict check(ClusterView view, Step step) {
    var wanted = Disrupting.begunBy(view, step);
    if (wanted.isEmpty() || !Disrupting.now(view).isEmpty()) {
      return Verdict.pass();
    }
    return switch (view.fleet()) {
      case Reading.Unknown<FleetFacts>(var why) ->
          Verdict.veto(
              Reason.FLEET_POLICY_UNKNOWN,
              "Whether it may be disrupted is not known: %s.".formatted(why));
      case Reading.Known<FleetFacts>(var facts, var at) -> check(facts, wanted);
    };
  }

  private static Verdict check(FleetFacts facts, SortedSet<Zone> wanted) {
    var limits = facts.limits().disruption();
    if (!facts.others().leavesPlace(limits)) {
      return veto(
          "At most %d databases are disrupted at the same time, and others came first."
              .formatted(limits.maxClusters()),
          "spec.disruption.maxClusters");
    }
    return facts.others().allows(wanted, limits)
        ? Verdict.pass()
        : veto(
            "Members of other databases are disrupted, or will be first, in another zone than %s."
                .formatted(wanted.first()),
            "spec.disruption.oneZoneAtATime");
  }

  /// Without a count of those ahead: it changes all the time, and with it the status would.
  private static Verdict veto(String fact, String field) {
    return Verdict.veto(
        Reason.WAITS_FOR_OTHERS,
        "%s It begins by itself in its turn; to begin now, change %s of the FleetPolicy default."
            .formatted(fact, field));
  }
}
