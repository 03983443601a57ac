package dev.flotilla.operator.core.drain;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.rule.Proposal;
import dev.flotilla.operator.core.rule.Rule;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.EngineMarks;
import dev.flotilla.operator.core.view.MemberView;
import java.util.List;

/// Names members that somebody else keeps data off, with the entry that does it. They do not count
/// for their zone, and the entry is left as it is unless it is taken away at once.
///
/// Only members of the database are looked at: other entries have no effect on it.
///
/// Source: ZD-7, ZD-9 in docs/requirements.md; docs/adr/0023-marks-are-words-in-a-text.md
final class ReportForeignMarks implements Rule {

  @Override
  public String meaning() {
    return "Names members that somebody else keeps data off.";
  }

  @Override
  public List<Reason> reasons() {
    return List.of(Reason.FOREIGN_MARK);
  }

  @Override
  public Proposal propose(ClusterView view) {
    var draft = new Proposal.Draft(this);
    view.marks()
        .known()
        .ifPresent(marks ->
            view.members().stream()
                .filter(member -> ForeignMarks.drainedBy(member).isEmpty())
                .forEach(member -> report(view, marks, member, draft)));
    return draft.done();
  }

  private static void report(
      ClusterView view, EngineMarks marks, MemberView member, Proposal.Draft draft) {
    ForeignMarks.on(view, marks, member).stream()
        .filter(mark -> !ForeignMarks.isReclaimable(view, member, mark))
        .forEach(mark ->
            draft.hold(
                Reason.FOREIGN_MARK,
                member.name(),
                "Somebody else keeps data off member %s by %s, so it does not count for zone %s. Take the entry away if nobody needs it."
                    .formatted(member.name(), mark.words(), member.zone())));
  }
}
