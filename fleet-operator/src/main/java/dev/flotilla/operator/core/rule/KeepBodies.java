package dev.flotilla.operator.core.rule;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.step.PodDraft;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.MemberView;
import dev.flotilla.operator.core.view.NodeView;
import dev.flotilla.operator.core.view.PodView;
import dev.flotilla.operator.core.view.PoolSpec;
import dev.flotilla.operator.core.view.Role;
import dev.flotilla.topology.model.MemberName;
import dev.flotilla.topology.model.MemberState;
import java.time.Duration;
import java.util.List;

/// Gives every recorded member its certificate, its volume and its pod, and gives them back when
/// they are lost.
///
/// A pod that has ended for good, or whose node was declared out of service, is deleted so that its
/// name is free. Whether a new body may start is for the gates to say.
///
/// Source: PP-1, PP-2, D10, R42 in docs/requirements.md.
final class KeepBodies implements Rule {

  /// A certificate is replaced this long before it ends.
  private static final Duration RENEW_BEFORE = Duration.ofDays(30);

  @Override
  public Proposal propose(ClusterView view) {
    var draft = new Proposal.Draft(this);
    for (MemberView member : view.members()) {
      view.spec().pool(member.pool()).ifPresent(pool -> keep(view, pool, member, draft));
    }
    return draft.done();
  }

  private static void keep(
      ClusterView view, PoolSpec pool, MemberView member, Proposal.Draft draft) {
    keepCertificate(view, member, draft);
    if (keepVolume(view, pool, member, draft)) {
      keepPod(view, pool, member, draft);
    }
  }

  private static void keepCertificate(ClusterView view, MemberView member, Proposal.Draft draft) {
    var renewAt = view.now().plus(RENEW_BEFORE);
    if (member.certificateExpires().filter(renewAt::isBefore).isEmpty()) {
      draft.step(new Step.IssueCertificate(member.record(), Reason.CREATING));
    }
  }

  /// Whether there is, or will be, a volume that a pod can start on.
  private static boolean keepVolume(
      ClusterView view, PoolSpec pool, MemberView member, Proposal.Draft draft) {
    if (member.volume().isPresent()) {
      return true;
    }
    if (member.record().state() == MemberState.PROVISIONED) {
      draft.hold(
          Reason.VOLUME_LOST,
          member.name(),
          "Volume claim %s of member %s is gone. Restore it; an empty one is never put in its place."
              .formatted(member.record().volumeName(), member.name()));
      return false;
    }
    var storageClass = view.terrain().storageClass(pool.storageClass());
    if (storageClass.isEmpty()) {
      // StorageReady holds members that are not allocated yet; this one was, and its class went
      // away since.
      draft.hold(Reason.STORAGE_CLASS_MISSING, member.name(), StorageWords.missing(pool));
      return false;
    }
    draft.step(
        new Step.CreateVolume(
            member.record(), pool.storageSize(), storageClass.get().name(), Reason.CREATING));
    return true;
  }

  private static void keepPod(
      ClusterView view, PoolSpec pool, MemberView member, Proposal.Draft draft) {
    if (member.pod().isEmpty()) {
      createPod(view, pool, member, draft);
      return;
    }
    var pod = member.pod().get();
    var node = pod.node().flatMap(view.terrain()::node);
    if (pod.terminating()) {
      // Its name is taken until it is gone; the gate says for whom that is a wait and for whom a
      // problem.
      createPod(view, pool, member, draft);
    } else if (pod.isOver()) {
      draft.step(delete(member, pod, Reason.HEALING));
    } else if (node.filter(NodeView::outOfService).isPresent()) {
      draft.step(delete(member, pod, Reason.NODE_OUT_OF_SERVICE));
    } else if (pod.node().isPresent() && node.filter(NodeView::ready).isEmpty()) {
      createPod(view, pool, member, draft);
    } else {
      pod.trouble()
          .ifPresent(trouble -> draft.hold(reason(trouble), member.name(), words(member, trouble)));
    }
  }

  private static void createPod(
      ClusterView view, PoolSpec pool, MemberView member, Proposal.Draft draft) {
    var owner = view.pools().get(pool.name());
    if (owner == null) {
      return; // KeepPools makes it in this very pass; its uid is known in the next.
    }
    boolean healing = member.record().state() == MemberState.PROVISIONED;
    draft.step(
        new Step.CreatePod(
            new PodDraft(member.record(), owner.uid(), Templates.of(view, pool), founders(view)),
            healing && view.formed().isPresent() ? Reason.HEALING : Reason.CREATING));
  }

  /// The voters that form the engine cluster: named to every member until it was formed, and never
  /// again.
  private static List<MemberName> founders(ClusterView view) {
    if (view.formed().isPresent()) {
      return List.of();
    }
    return view.members().stream()
        .filter(member -> member.record().founding())
        .filter(member -> isVoter(view, member))
        .map(MemberView::name)
        .toList();
  }

  private static boolean isVoter(ClusterView view, MemberView member) {
    return view.spec().pool(member.pool()).filter(pool -> pool.has(Role.VOTER)).isPresent();
  }

  private static Step delete(MemberView member, PodView pod, Reason reason) {
    return new Step.DeletePod(member.name(), pod.uid(), pod.resourceVersion(), reason);
  }

  private static Reason reason(PodView.Trouble trouble) {
    return switch (trouble.kind()) {
      case UNSCHEDULABLE -> Reason.CAPACITY_BLOCKED;
      case IMAGE -> Reason.IMAGE_UNAVAILABLE;
      case CRASHING -> Reason.POD_FAILED;
    };
  }

  private static String words(MemberView member, PodView.Trouble trouble) {
    return "Member %s in zone %s does not start: %s"
        .formatted(member.name(), member.zone(), trouble.detail());
  }
}
