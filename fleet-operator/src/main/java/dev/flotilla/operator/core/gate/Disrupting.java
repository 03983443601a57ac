package dev.flotilla.operator.core.gate;

import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.MemberView;
import dev.flotilla.topology.model.Zone;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Which zones of a database do without a member on purpose: that is what all databases share a
/// budget for.
///
/// Source: docs/adr/0032-a-budget-for-the-fleet.md
public final class Disrupting {

  private Disrupting() {}

  /// Zones of members that are being drained or removed.
  public static SortedSet<Zone> now(ClusterView view) {
    return view.members().stream()
        .filter(member -> member.openDrain().isPresent())
        .map(MemberView::zone)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// Zones of members that a step begins to disrupt; none for a step that begins nothing.
  public static SortedSet<Zone> begunBy(ClusterView view, Step step) {
    return Leaving.begun(view, step).stream()
        .flatMap(name -> view.member(name).stream())
        .map(MemberView::zone)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
