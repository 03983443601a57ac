package dev.flotilla.operator.core.drain;

import dev.flotilla.operator.core.rule.Rule;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.MemberView;
import dev.flotilla.topology.model.MemberName;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The rules of drains, in the order in which their steps are carried out: what is open comes
/// before what is new.
public final class DrainRules {

  private static final BeginRequested BEGIN_REQUESTED = new BeginRequested();
  private static final ScaleIn SCALE_IN = new ScaleIn();

  public static final List<Rule> ALL =
      List.of(
          new ContinueDrains(),
          BEGIN_REQUESTED,
          new MakeSuccessors(),
          SCALE_IN,
          new ReclaimMarks(),
          new ReportForeignMarks());

  private DrainRules() {}

  /// The members that the engine is to be asked about: those that leave, and the next that a person
  /// has named; if there are none, those that would be chosen next.
  public static SortedSet<MemberName> asked(ClusterView view) {
    var open =
        view.members().stream()
            .filter(member -> member.openDrain().isPresent())
            .map(MemberView::name)
            .collect(Collectors.toCollection(TreeSet::new));
    open.addAll(BEGIN_REQUESTED.next(view));
    return Collections.unmodifiableSortedSet(
        open.isEmpty() ? new TreeSet<>(SCALE_IN.next(view)) : open);
  }
}
