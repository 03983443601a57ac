package dev.flotilla.operator.core.drain;

import dev.flotilla.operator.core.request.Asked;
import dev.flotilla.operator.core.rule.Proposal;
import dev.flotilla.operator.core.rule.Rule;
import dev.flotilla.operator.core.view.Authority;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.EngineMarks;
import dev.flotilla.topology.lifecycle.DrainRecord.Purpose;

/// Begins to take away an entry of somebody else's that keeps data off a member which shall serve,
/// where that is wanted: one entry after the other, each recorded before the engine is touched.
///
/// What is recorded is a drain on its way back, so whoever takes over finishes it.
///
/// Source: ZD-7 in docs/requirements.md; docs/adr/0033-an-entry-that-nobody-answers-for.md
final class ReclaimMarks implements Rule {

  @Override
  public String meaning() {
    return "Takes away an entry of somebody else's that keeps data off a member, where spec.drain.foreignExcludes is Reclaim.";
  }

  @Override
  public Proposal propose(ClusterView view) {
    var draft = new Proposal.Draft(this);
    view.marks().known().ifPresent(marks -> propose(view, marks, draft));
    return draft.done();
  }

  /// A record of a drain that its operation is still to be told from is not overwritten.
  private static void propose(ClusterView view, EngineMarks marks, Proposal.Draft draft) {
    if (view.authority() instanceof Authority.Acting(var epoch)
        && Asked.open(view).stream().noneMatch(Asked::isUnreported)) {
      view.members().stream()
          .flatMap(member ->
              ForeignMarks.on(view, marks, member).stream()
                  .filter(mark -> ForeignMarks.isReclaimable(view, member, mark))
                  .map(mark ->
                      NewDrains.reclaim(
                          view,
                          epoch,
                          member.name(),
                          new Purpose.Reclaim(mark.setting(), mark.text()))))
          .findFirst()
          .ifPresent(draft::step);
    }
  }
}
