package dev.flotilla.operator.core.gate;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.effect.Growth;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.topology.model.Zone;
import java.util.List;
import java.util.stream.Collectors;

/// Holds new members until every zone of the specification has a node for them. Members that exist
/// are healed regardless.
///
/// For a cluster without members nothing at all is created. Source: AZ-1, V2 in
/// docs/requirements.md.
final class ThreeZones implements Gate {

  @Override
  public String meaning() {
    return "Members are added only when every zone of the specification has a node for them.";
  }

  @Override
  public List<Reason> reasons() {
    return List.of(Reason.ZONES_INSUFFICIENT);
  }

  @Override
  public Verdict check(ClusterView view, Step step) {
    var blind =
        view.spec().zones().stream().filter(zone -> !view.terrain().isUsable(zone)).toList();
    if (blind.isEmpty() || !makesSomethingNew(view, step)) {
      return Verdict.pass();
    }
    return Verdict.veto(Reason.ZONES_INSUFFICIENT, words(view, blind));
  }

  private static boolean makesSomethingNew(ClusterView view, Step step) {
    return view.members().isEmpty() || Growth.isGrowth(step);
  }

  private static String words(ClusterView view, List<Zone> blind) {
    var known =
        view.terrain().nodes().values().stream()
            .flatMap(node -> node.zone().stream())
            .distinct()
            .sorted()
            .map(Zone::name)
            .collect(Collectors.joining(", "));
    return "No node that can take a member is in zone %s of spec.topology.zones. Nodes are in: %s. Correct the zone or add a ready node there."
        .formatted(
            blind.stream().map(Zone::name).collect(Collectors.joining(", ")),
            known.isEmpty() ? "no zone" : known);
  }
}
