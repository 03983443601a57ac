package dev.flotilla.operator.core.rule;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.ByteCount;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.MemberView;
import dev.flotilla.operator.core.view.PoolSpec;
import dev.flotilla.operator.core.view.StorageClassView;
import dev.flotilla.operator.core.view.VolumeView;
import java.util.List;
import java.util.Optional;

/// Makes volumes as large as their pool wants them, whatever their pods do meanwhile.
///
/// A volume that is not bound yet cannot grow; it does once it is. None ever shrinks.
///
/// Source: R31 in docs/requirements.md.
final class GrowVolumes implements Rule {

  @Override
  public String meaning() {
    return "Makes volumes as large as their pool wants them; none ever shrinks.";
  }

  @Override
  public List<Reason> reasons() {
    return List.of(Reason.STORAGE_BLOCKED);
  }

  @Override
  public Proposal propose(ClusterView view) {
    var draft = new Proposal.Draft(this);
    for (MemberView member : view.members()) {
      view.spec()
          .pool(member.pool())
          .ifPresent(pool ->
              member
                  .volume()
                  .filter(volume -> isOursAndTooSmall(volume, pool))
                  .ifPresent(volume -> grow(view, pool, member, volume, draft)));
    }
    return draft.done();
  }

  private static boolean isOursAndTooSmall(VolumeView volume, PoolSpec pool) {
    if (volume.asked().size().equals(pool.storageSize())) {
      return false; // as nearly always, and amounts take time to read
    }
    var has = ByteCount.of(volume.asked().size());
    var wants = ByteCount.of(pool.storageSize());
    return volume.phase() == VolumeView.Phase.BOUND
        && !volume.terminating()
        && volume.trusted().isPresent()
        && has.isPresent()
        && wants.isPresent()
        && has.get().compareTo(wants.get()) < 0;
  }

  private static void grow(
      ClusterView view, PoolSpec pool, MemberView member, VolumeView volume, Proposal.Draft draft) {
    boolean canGrow =
        volume
            .asked()
            .storageClass()
            .flatMap(name -> view.terrain().storageClass(Optional.of(name)))
            .filter(StorageClassView::grows)
            .isPresent();
    if (canGrow) {
      draft.step(
          new Step.GrowVolume(
              member.record(),
              volume.uid(),
              volume.resourceVersion(),
              pool.storageSize(),
              Reason.CREATING));
    } else {
      draft.hold(
          Reason.STORAGE_BLOCKED,
          "Volumes of pool %s shall have %s, but storage class %s does not let them grow. Set allowVolumeExpansion: true on it."
              .formatted(
                  pool.name(),
                  pool.storageSize(),
                  volume.asked().storageClass().orElse("of no name")));
    }
  }
}
