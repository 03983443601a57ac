package dev.flotilla.operator.core.address;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.gate.Gates;
import dev.flotilla.operator.core.gate.Verdict;
import dev.flotilla.operator.core.object.KeptObject;
import dev.flotilla.operator.core.roll.RollMembers;
import dev.flotilla.operator.core.rule.Proposal;
import dev.flotilla.operator.core.rule.Rule;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.MemberView;
import dev.flotilla.operator.core.view.PodView;
import dev.flotilla.topology.lifecycle.Stage;
import dev.flotilla.topology.model.MemberName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Says who answers at the tenant's address: members whose pod is ready and that the engine counts
/// as its own. Whoever is to go is taken out first, and goes on answering those who still come.
///
/// Who drains is out for all of that time; who is to be restarted from when nothing but its clients
/// holds the restart any more. What the engine does not say stays as it was said before; if nobody
/// at all would be left for that reason, pods that are ready count.
///
/// Source: BK8-2 in docs/requirements.md; docs/adr/0035-out-before-it-ends.md
public final class PublishEndpoints implements Rule {

  @Override
  public String meaning() {
    return "Says which members answer at the tenant's address, and takes out first who is to go.";
  }

  @Override
  public Proposal propose(ClusterView view) {
    var wanted = wanted(view);
    var standing = view.standing().endpoints();
    boolean nobodyEver = standing.isEmpty() && wanted.endpoints().isEmpty();
    return nobodyEver || standing.filter(wanted::equals).isPresent()
        ? Proposal.NOTHING
        : new Proposal(List.of(new Step.Apply(wanted, Reason.JOINING)), List.of());
  }

  private static KeptObject.Endpoints wanted(ClusterView view) {
    var departing = departing(view);
    var strict =
        new KeptObject.Endpoints(
            view.members().stream()
                .flatMap(member -> endpoint(view, member, departing, serves(view, member)))
                .toList());
    boolean isBlind =
        view.engine().known().isEmpty()
            && strict.endpoints().stream().noneMatch(KeptObject.Endpoint::ready);
    return isBlind
        ? new KeptObject.Endpoints(
            view.members().stream()
                .flatMap(member -> endpoint(view, member, departing, isUp(member)))
                .toList())
        : strict;
  }

  private static Stream<KeptObject.Endpoint> endpoint(
      ClusterView view, MemberView member, Optional<MemberName> departing, boolean serving) {
    return member
        .pod()
        .filter(pod -> !pod.isOver() && pod.ip().isPresent() && pod.node().isPresent())
        .map(pod ->
            new KeptObject.Endpoint(
                member.name(),
                pod.ip().orElseThrow(),
                pod.node().orElseThrow(),
                member.zone(),
                serving,
                isLeaving(member, pod, departing)
                    ? Optional.of(since(view, member))
                    : Optional.empty()))
        .stream();
  }

  private static boolean isLeaving(MemberView member, PodView pod, Optional<MemberName> departing) {
    return pod.terminating()
        || member.stage() == Stage.DRAINING
        || member.stage() == Stage.REMOVING
        || departing.filter(member.name()::equals).isPresent();
  }

  /// A time that has not come yet was written by a clock that is wrong.
  private static Instant since(ClusterView view, MemberView member) {
    return view.said(member)
        .flatMap(KeptObject.Endpoint::leaving)
        .filter(since -> !since.isAfter(view.now()))
        .orElse(view.now());
  }

  /// Whoever has just come back is in when the engine says so, and not when its pod does.
  private static boolean serves(ClusterView view, MemberView member) {
    return isUp(member)
        && (view.engine().known().isPresent()
            ? view.hasJoined(member)
            : view.said(member).filter(KeptObject.Endpoint::serving).isPresent());
  }

  /// A pod that is told to end may still answer for a while.
  private static boolean isUp(MemberView member) {
    return member.pod().filter(PodView::ready).isPresent();
  }

  /// Who is restarted as soon as its clients are gone; nobody as long as anything else holds that:
  /// somebody who waits for hours serves meanwhile.
  private static Optional<MemberName> departing(ClusterView view) {
    return view.identity().deleting()
        ? Optional.empty()
        : RollMembers.next(view)
            .filter(restart -> !restart.idle() && isHeldByNobody(view, restart))
            .map(Step.RestartPod::member);
  }

  private static boolean isHeldByNobody(ClusterView view, Step step) {
    return Gates.ALL.stream().allMatch(gate -> gate.check(view, step) instanceof Verdict.Pass);
  }
}
