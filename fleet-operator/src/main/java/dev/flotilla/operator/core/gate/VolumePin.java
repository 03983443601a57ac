package dev.flotilla.operator.core.gate;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.MemberView;
import dev.flotilla.operator.core.view.VolumeView;
import dev.flotilla.topology.model.MemberName;
import java.util.List;
import java.util.Optional;

/// Holds a pod whose volume is in doubt, is being deleted or lies in another zone than the member,
/// and the end of one that could not come back for that.
///
/// Source: R28, R33 in docs/requirements.md.
final class VolumePin implements Gate {

  @Override
  public String meaning() {
    return "A pod starts only on a volume that is surely its member's own and lies in its zone.";
  }

  @Override
  public List<Reason> reasons() {
    return List.of(
        Reason.VOLUME_SUSPECT,
        Reason.VOLUME_TERMINATING,
        Reason.VOLUME_LOST,
        Reason.STORAGE_BLOCKED);
  }

  @Override
  public Verdict check(ClusterView view, Step step) {
    return starts(step)
        .flatMap(view::member)
        .flatMap(member -> member.volume().map(volume -> check(member, volume)))
        .orElse(Verdict.pass()); // no rule proposes a pod without a volume
  }

  /// Who gets a new pod by it, now or right after.
  private static Optional<MemberName> starts(Step step) {
    return step instanceof Step.CreatePod || step instanceof Step.RestartPod
        ? step.subject()
        : Optional.empty();
  }

  private static Verdict check(MemberView member, VolumeView volume) {
    if (volume.suspicion().isPresent()) {
      return Verdict.veto(
          Reason.VOLUME_SUSPECT,
          "Volume claim %s is not used: %s.".formatted(volume.name(), volume.suspicion().get()));
    }
    if (volume.terminating()) {
      return Verdict.veto(
          Reason.VOLUME_TERMINATING,
          "Volume claim %s is being deleted, so no pod is started on it.".formatted(volume.name()));
    }
    if (volume.phase() == VolumeView.Phase.LOST) {
      return Verdict.veto(
          Reason.VOLUME_LOST,
          "The volume behind claim %s is gone. Restore it.".formatted(volume.name()));
    }
    return volume
        .zone()
        .filter(zone -> !zone.equals(member.zone()))
        .map(zone ->
            Verdict.veto(
                Reason.STORAGE_BLOCKED,
                "Volume claim %s lies in zone %s, its member belongs to zone %s."
                    .formatted(volume.name(), zone, member.zone())))
        .orElse(Verdict.pass());
  }
}
