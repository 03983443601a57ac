package dev.flotilla.operator.core.rule;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.object.KeptObject;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.MemberView;
import dev.flotilla.operator.core.view.PodView;
import java.util.function.Predicate;

/// Makes the kubelet of a member that is still looking for the others read the seed addresses at
/// once.
///
/// A kubelet brings a changed ConfigMap into a running pod within a minute or so, but at once when
/// the pod itself changes. A new cluster, whose addresses are known only after its pods started,
/// would take that minute to form. Members that have joined are left alone: they know the others.
final class NudgeJoining implements Rule {

  @Override
  public String meaning() {
    return "Lets a member that looks for the others read their addresses at once.";
  }

  @Override
  public Proposal propose(ClusterView view) {
    var looking = view.members().stream().filter(NudgeJoining::isLooking).toList();
    if (looking.isEmpty()) {
      return Proposal.NOTHING;
    }
    var seeds = PublishSeeds.wanted(view);
    boolean isPublished = view.standing().seeds().filter(seeds::equals).isPresent();
    if (!isPublished || seeds.addresses().isEmpty() || someAddressIsMissing(view)) {
      return Proposal.NOTHING;
    }
    var fingerprint = fingerprint(seeds);
    var draft = new Proposal.Draft(this);
    looking.stream()
        .filter(member -> !hasRead(member, fingerprint))
        .forEach(member ->
            draft.step(
                new Step.NudgePod(
                    member.name(),
                    member.pod().map(PodView::uid).orElseThrow(),
                    fingerprint,
                    Reason.JOINING)));
    return draft.done();
  }

  /// Whether more addresses are about to come: then one nudge later does for all of them.
  private static boolean someAddressIsMissing(ClusterView view) {
    return view.members().stream()
        .flatMap(member -> member.pod().stream())
        .filter(Predicate.not(PodView::isOver))
        .anyMatch(pod -> pod.ip().isEmpty());
  }

  private static boolean isLooking(MemberView member) {
    return member
        .pod()
        .filter(pod -> !pod.ready() && !pod.terminating() && !pod.isOver())
        .filter(pod -> pod.ip().isPresent())
        .isPresent();
  }

  private static boolean hasRead(MemberView member, String fingerprint) {
    return member.pod().flatMap(PodView::nudge).filter(fingerprint::equals).isPresent();
  }

  private static String fingerprint(KeptObject.Seeds seeds) {
    return Fingerprint.of(String.join(",", seeds.addresses()));
  }
}
