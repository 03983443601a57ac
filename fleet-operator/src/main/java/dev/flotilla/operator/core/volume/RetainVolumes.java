package dev.flotilla.operator.core.volume;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.rule.Proposal;
import dev.flotilla.operator.core.rule.Rule;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.ClusterView.KeptVolume;
import dev.flotilla.operator.core.view.MemberView;
import dev.flotilla.operator.core.view.VolumeView;
import dev.flotilla.topology.model.MemberRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Keeps the volumes of members that have gone for as long as `spec.volumes.whenScaled` says, and
/// deletes them then.
///
/// Until when is written on the claim once and stays: a person sees it there, and takes it back
/// there. Whoever takes that back again finds the time to begin anew, and never to be over. Only a
/// volume is ever deleted that says itself, as the store does, that its member was emptied. A
/// member that uses its volume again loses the mark before its pod is made.
///
/// Source: D2, R34 in docs/requirements.md;
/// docs/adr/0029-deletion-is-confirmed-and-volumes-outlive-it.md
final class RetainVolumes implements Rule {

  @Override
  public String meaning() {
    return "Keeps volumes of members that have gone as long as spec.volumes.whenScaled says, and deletes them then.";
  }

  @Override
  public Proposal propose(ClusterView view) {
    var draft = new Proposal.Draft(this);
    for (MemberView member : view.members()) {
      member
          .volume()
          .filter(volume -> volume.retention().mark().isPresent())
          .ifPresent(volume -> draft.step(mark(member.record(), volume, Optional.empty())));
    }
    for (KeptVolume kept : view.kept()) {
      if (kept.isCertain()) {
        propose(view, kept, draft);
      }
    }
    return draft.done();
  }

  private static void propose(ClusterView view, KeptVolume kept, Proposal.Draft draft) {
    var volume = kept.volume();
    var retention = volume.retention();
    var policy =
        retention.word().isPresent()
            ? Optional.<Duration>empty()
            : view.spec().retention().whenScaled();
    var change = change(policy, volume, view.now());
    if (change.isPresent()) {
      draft.step(mark(kept.record(), volume, change.get()));
      return;
    }
    retention
        .until()
        .ifPresent(until ->
            draft.step(
                new Step.DeleteVolume(
                    kept.record(),
                    Optional.of(view.identity().uid()),
                    volume.uid(),
                    volume.resourceVersion(),
                    until,
                    Reason.VOLUME_EXPIRES)));
  }

  /// What is to be written on a claim under a policy; empty if it says the right thing.
  static Optional<Optional<Instant>> change(
      Optional<Duration> policy, VolumeView volume, Instant now) {
    var retention = volume.retention();
    if (policy.isEmpty()) {
      return retention.mark().isPresent() ? Optional.of(Optional.empty()) : Optional.empty();
    }
    return retention.marked().isPresent() ? Optional.empty() : Optional.of(policy.map(now::plus));
  }

  static Step mark(MemberRecord member, VolumeView volume, Optional<Instant> until) {
    return new Step.RetainVolume(
        member, volume.uid(), volume.resourceVersion(), until, Reason.VOLUME_EXPIRES);
  }
}
