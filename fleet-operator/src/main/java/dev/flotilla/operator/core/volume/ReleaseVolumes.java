package dev.flotilla.operator.core.volume;

import dev.flotilla.operator.core.retention.Deletion;
import dev.flotilla.operator.core.rule.Proposal;
import dev.flotilla.operator.core.rule.Rule;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.MemberView;
import dev.flotilla.operator.core.view.VolumeView;

/// Writes on the volumes of a database whose deletion was confirmed until when they are kept, as
/// `spec.volumes.whenDeleted` says: nobody can ask for it once the resource is gone.
///
/// Source: D2 in docs/requirements.md.
final class ReleaseVolumes implements Rule {

  @Override
  public String meaning() {
    return "Writes on the volumes of a deleted database until when spec.volumes.whenDeleted keeps them.";
  }

  @Override
  public Proposal propose(ClusterView view) {
    var draft = new Proposal.Draft(this);
    if (view.identity().deletion() == Deletion.CONFIRMED) {
      for (MemberView member : view.members()) {
        member
            .volume()
            .filter(volume -> volume.trusted().isPresent() && !volume.terminating())
            .ifPresent(volume -> release(view, member, volume, draft));
      }
    }
    return draft.done();
  }

  private static void release(
      ClusterView view, MemberView member, VolumeView volume, Proposal.Draft draft) {
    RetainVolumes.change(view.spec().retention().whenDeleted(), volume, view.now())
        .ifPresent(until -> draft.step(RetainVolumes.mark(member.record(), volume, until)));
  }
}
