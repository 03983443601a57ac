package dev.flotilla.operator.core.address;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.gate.Gate;
import dev.flotilla.operator.core.gate.Verdict;
import dev.flotilla.operator.core.object.KeptObject;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.MemberView;
import dev.flotilla.operator.core.view.PodView;
import dev.flotilla.topology.lifecycle.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Holds the end of a pod that clients are sent to, until they have been sent elsewhere for a
/// while.
///
/// What counts is what Kubernetes shows of the list of endpoints, not that it was written: only
/// from then on does whoever follows it know.
///
/// Source: BK8-2 in docs/requirements.md; docs/adr/0035-out-before-it-ends.md
public final class ClientsElsewhere implements Gate {

  /// What those who follow the list may take. Source: kube-proxy gathers changes for one second
  /// (`--iptables-min-sync-period`, `--nftables-min-sync-period`), and needs time to write them.
  static final Duration GRACE = Duration.ofSeconds(5);

  @Override
  public String meaning() {
    return "A pod is ended on purpose only when its clients have been sent elsewhere for %d seconds."
        .formatted(GRACE.toSeconds());
  }

  @Override
  public List<Reason> reasons() {
    return List.of(Reason.DRAINING, Reason.RESTARTING);
  }

  @Override
  public Verdict check(ClusterView view, Step step) {
    return switch (step) {
      case Step.DeletePod delete ->
          view.member(delete.member())
              .filter(member -> member.stage() == Stage.REMOVING)
              .map(member -> check(view, member, Reason.DRAINING))
              .orElse(Verdict.pass());
      case Step.RestartPod restart ->
          view.member(restart.member())
              .map(member -> check(view, member, Reason.RESTARTING))
              .orElse(Verdict.pass());
      default -> Verdict.pass();
    };
  }

  /// Nobody is sent to a pod that is not ready, or has no address.
  private static Verdict check(ClusterView view, MemberView member, Reason reason) {
    if (!member.isReady() || member.pod().flatMap(PodView::ip).isEmpty()) {
      return Verdict.pass();
    }
    var since = view.said(member).flatMap(KeptObject.Endpoint::leaving);
    Optional<Instant> until = since.map(time -> time.plus(GRACE));
    return until.filter(end -> !end.isAfter(view.now())).isPresent()
        ? Verdict.pass()
        : new Verdict.Veto(
            reason,
            "The pod of member %s is ended when its clients have been sent elsewhere for %d seconds."
                .formatted(member.name(), GRACE.toSeconds()),
            until);
  }
}
