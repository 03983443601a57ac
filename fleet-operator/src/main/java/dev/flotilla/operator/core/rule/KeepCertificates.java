package dev.flotilla.operator.core.rule;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.MemberView;
import java.time.Duration;

/// Gives every member its certificate, and a new one before the old one ends.
final class KeepCertificates implements Rule {

  /// A certificate is replaced this long before it ends.
  private static final Duration RENEW_BEFORE = Duration.ofDays(30);

  @Override
  public String meaning() {
    return "Gives each member its certificate, and a new one before the old one ends.";
  }

  @Override
  public Proposal propose(ClusterView view) {
    var draft = new Proposal.Draft(this);
    var renewAt = view.now().plus(RENEW_BEFORE);
    for (MemberView member : view.members()) {
      boolean isKept = view.spec().pool(member.pool()).isPresent();
      if (isKept && member.certificateExpires().filter(renewAt::isBefore).isEmpty()) {
        draft.step(new Step.IssueCertificate(member.record(), Reason.CREATING));
      }
    }
    return draft.done();
  }
}
