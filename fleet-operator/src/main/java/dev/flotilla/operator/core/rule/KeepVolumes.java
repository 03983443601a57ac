package dev.flotilla.operator.core.rule;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.MemberView;
import dev.flotilla.operator.core.view.PoolSpec;
import dev.flotilla.topology.model.MemberState;
import java.util.Comparator;
import java.util.List;

/// Gives every new member its volume, and never a second one.
///
/// All volumes come before the first pod, and they come in the order in which slots are given: the
/// volumes are what a new operator rebuilds its records from, and from a part of them it goes on to
/// the same members with the same founders. Once, one that stopped after the first volume left a
/// successor that let this one member found a database of its own.
///
/// Source: R41, D11 in docs/requirements.md.
final class KeepVolumes implements Rule {

  @Override
  public String meaning() {
    return "Gives each new member its volume, and never a second one.";
  }

  @Override
  public List<Reason> reasons() {
    return List.of(Reason.VOLUME_LOST, Reason.STORAGE_CLASS_MISSING);
  }

  @Override
  public Proposal propose(ClusterView view) {
    var draft = new Proposal.Draft(this);
    for (MemberView member : inOrderOfTheirSlots(view)) {
      view.spec().pool(member.pool()).ifPresent(pool -> keep(view, pool, member, draft));
    }
    return draft.done();
  }

  private static List<MemberView> inOrderOfTheirSlots(ClusterView view) {
    var zones = view.spec().zones();
    return view.members().stream()
        .filter(member -> member.volume().isEmpty())
        .sorted(
            Comparator.comparingInt((MemberView member) -> member.record().slot().ordinal())
                .thenComparingInt(member -> zones.indexOf(member.zone())))
        .toList();
  }

  private static void keep(
      ClusterView view, PoolSpec pool, MemberView member, Proposal.Draft draft) {
    if (member.record().state() == MemberState.PROVISIONED) {
      draft.hold(
          Reason.VOLUME_LOST,
          member.name(),
          "Volume claim %s of member %s is gone. Restore it; an empty one is never put in its place."
              .formatted(member.record().volumeName(), member.name()));
      return;
    }
    // StorageReady holds members that are not allocated yet; this one was, and its class may have
    // gone away since.
    view.terrain()
        .storageClass(pool.storageClass())
        .ifPresentOrElse(
            storageClass ->
                draft.step(
                    new Step.CreateVolume(
                        member.record(), pool.storageSize(), storageClass.name(), Reason.CREATING)),
            () ->
                draft.hold(
                    Reason.STORAGE_CLASS_MISSING, member.name(), StorageWords.missing(pool)));
  }
}
