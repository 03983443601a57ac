package dev.flotilla.operator.core.rule;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.MemberView;
import dev.flotilla.topology.model.MemberState;

/// Remembers that a member's volume was seen, so that it is never made a second time.
final class RecordProvisioned implements Rule {

  @Override
  public String meaning() {
    return "Remembers that a member's volume was seen, so that it is never made a second time.";
  }

  @Override
  public Proposal propose(ClusterView view) {
    var seen =
        view.members().stream()
            .filter(member -> member.record().state() == MemberState.ALLOCATED)
            .filter(member -> member.volume().isPresent())
            .map(MemberView::record)
            .map(record -> record.provisioned())
            .toList();
    return seen.isEmpty()
        ? Proposal.NOTHING
        : Proposal.of(new Step.Commit(view.revision(), seen, Reason.CREATING));
  }
}
