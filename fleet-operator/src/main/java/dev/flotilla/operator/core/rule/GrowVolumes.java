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
/// The claim is made larger at once, and its file system some time later: until then the database
/// is not as it is wanted.
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
    return List.of(Reason.STORAGE_BLOCKED, Reason.VOLUME_GROWING);
  }

  @Override
  public Proposal propose(ClusterView view) {
    var draft = new Proposal.Draft(this);
    for (MemberView member : view.members()) {
      var volume = member.volume().filter(GrowVolumes::isOurs);
      view.spec()
          .pool(member.pool())
          .ifPresent(pool ->
              volume
                  .filter(it -> isLess(it.asked().size(), pool.storageSize()))
                  .ifPresent(it -> grow(view, pool, member, it, draft)));
      volume.ifPresent(it -> report(member, it, draft));
    }
    return draft.done();
  }

  private static boolean isOurs(VolumeView volume) {
    return volume.phase() == VolumeView.Phase.BOUND
        && !volume.terminating()
        && volume.trusted().isPresent();
  }

  private static boolean isLess(String has, String wanted) {
    if (has.equals(wanted)) {
      return false; // as nearly always, and amounts take time to read
    }
    var bytes = ByteCount.of(has);
    var enough = ByteCount.of(wanted);
    return bytes.isPresent() && enough.isPresent() && bytes.get().compareTo(enough.get()) < 0;
  }

  private static void report(MemberView member, VolumeView volume, Proposal.Draft draft) {
    var asked = volume.asked().size();
    volume
        .capacity()
        .filter(has -> isLess(has, asked))
        .ifPresent(has ->
            draft.hold(
                Reason.VOLUME_GROWING,
                member.name(),
                "The volume of member %s was asked to have %s, and has %s as yet."
                    .formatted(member.name(), asked, has)));
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
