package dev.flotilla.operator.core.drain;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.rule.Proposal;
import dev.flotilla.operator.core.rule.Rule;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.MemberView;
import java.util.List;

/// Names members that somebody else keeps data off. They are left as they are, and do not count for
/// their zone.
///
/// Only members of the database are looked at: other entries have no effect on it.
///
/// Source: ZD-9 in docs/requirements.md; docs/adr/0023-marks-are-words-in-a-text.md
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
                .filter(member -> marks.named().contains(member.name().value()))
                .filter(member -> !isOurs(member))
                .forEach(member ->
                    draft.hold(
                        Reason.FOREIGN_MARK,
                        member.name(),
                        "Somebody else keeps data off member %s, so it does not count for zone %s. Take the entry away if nobody needs it."
                            .formatted(member.name(), member.zone()))));
    return draft.done();
  }

  private static boolean isOurs(MemberView member) {
    return member.openDrain().filter(drain -> !drain.owned().isEmpty()).isPresent();
  }
}
