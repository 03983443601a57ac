package dev.flotilla.operator.core.rule;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.MemberView;
import java.util.List;
import java.util.TreeSet;

/// Names every zone that has members and that the specification does not want any more. The members
/// are kept and healed there.
///
/// Admission refuses to take a zone out of a resource; one that is deleted and applied again with
/// other zones still finds its old members.
final class ReportRemovedZones implements Rule {

  @Override
  public String meaning() {
    return "Names zones that have members and that the specification does not want any more.";
  }

  @Override
  public List<Reason> reasons() {
    return List.of(Reason.ZONE_REMOVAL_HELD);
  }

  @Override
  public Proposal propose(ClusterView view) {
    var draft = new Proposal.Draft(this);
    var zones = new TreeSet<>(view.members().stream().map(MemberView::zone).toList());
    view.spec().zones().forEach(zones::remove);
    zones.forEach(zone ->
        draft.hold(
            Reason.ZONE_REMOVAL_HELD,
            "Zone %s is not in spec.topology.zones, but has members with data. Put it back."
                .formatted(zone)));
    return draft.done();
  }
}
