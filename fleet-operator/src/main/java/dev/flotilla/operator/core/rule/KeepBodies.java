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
import dev.flotilla.operator.core.view.VolumeView;
import dev.flotilla.topology.lifecycle.DrainRecord;
import dev.flotilla.topology.lifecycle.Stage;
import dev.flotilla.topology.model.MemberName;
import dev.flotilla.topology.model.MemberState;
import java.util.List;

/// Gives every member that has a volume its pod, and gives it back when it is lost.
///
/// A pod that has ended for good, or whose node was declared out of service, is deleted so that its
/// name is free; so is one that cannot start and whose settings have been corrected since. Whether
/// a new body may start is for the gates to say.
///
/// Source: PP-1, PP-2, D10, R42 in docs/requirements.md.
final class KeepBodies implements Rule {

  @Override
  public String meaning() {
    return "Gives each member with a volume its pod, and gives it back when it is lost.";
  }

  @Override
  public List<Reason> reasons() {
    return List.of(
        Reason.REPLACEMENT_HELD,
        Reason.CAPACITY_BLOCKED,
        Reason.POD_UNSCHEDULABLE,
        Reason.IMAGE_UNAVAILABLE,
        Reason.POD_FAILED);
  }

  @Override
  public Proposal propose(ClusterView view) {
    var draft = new Proposal.Draft(this);
    for (MemberView member : view.members()) {
      view.spec()
          .pool(member.pool())
          .filter(pool -> member.volume().isPresent() && !isGivenUp(member))
          .ifPresent(pool -> keepPod(view, pool, member, draft));
    }
    return draft.done();
  }

  /// A person who gave up the very body of a member does not mean another one.
  private static boolean isGivenUp(MemberView member) {
    return member.stage() == Stage.REMOVING
        || (member.stage() == Stage.DRAINING
            && member.drain().flatMap(DrainRecord::abandoned).isPresent());
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
    } else if (Templates.isCorrected(view, pool, pod)) {
      draft.step(delete(member, pod, Reason.CREATING));
    } else {
      pod.trouble().ifPresent(trouble -> report(view, member, pod, trouble, draft));
    }
  }

  /// A volume on a node's own disk goes with the node: no other node can ever take the pod.
  private static void report(
      ClusterView view,
      MemberView member,
      PodView pod,
      PodView.Trouble trouble,
      Proposal.Draft draft) {
    member
        .volume()
        .flatMap(VolumeView::node)
        .filter(node -> view.terrain().node(node).isEmpty())
        .ifPresentOrElse(
            node ->
                draft.hold(
                    Reason.REPLACEMENT_HELD,
                    member.name(),
                    "Member %s cannot come back: its volume lies on node %s, which is gone, and this version replaces no member. Bring the node back under its name."
                        .formatted(member.name(), node)),
            () -> draft.hold(reason(trouble), member.name(), words(member, pod, trouble)));
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
      case NO_ROOM -> Reason.CAPACITY_BLOCKED;
      case UNSCHEDULABLE -> Reason.POD_UNSCHEDULABLE;
      case IMAGE -> Reason.IMAGE_UNAVAILABLE;
      case CRASHING -> Reason.POD_FAILED;
    };
  }

  /// What is in trouble may be a container that somebody else put beside the engine.
  private static String words(MemberView member, PodView pod, PodView.Trouble trouble) {
    return "Member %s in zone %s %s: %s"
        .formatted(
            member.name(),
            member.zone(),
            pod.running() ? "runs, but not all of its pod does" : "does not start",
            trouble.detail());
  }
}
