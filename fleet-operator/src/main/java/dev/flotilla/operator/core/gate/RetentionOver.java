package dev.flotilla.operator.core.gate;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.ClusterView;
import java.util.List;
import java.util.Optional;

/// Keeps a volume that is to be deleted until its time is over.
///
/// Source: D2 in docs/requirements.md.
final class RetentionOver implements Gate {

  @Override
  public String meaning() {
    return "A volume that no member uses any more is deleted only once the time is over for which it is kept.";
  }

  @Override
  public List<Reason> reasons() {
    return List.of(Reason.VOLUME_EXPIRES);
  }

  @Override
  public Verdict check(ClusterView view, Step step) {
    if (!(step instanceof Step.DeleteVolume delete) || !view.now().isBefore(delete.until())) {
      return Verdict.pass();
    }
    var claim = delete.member().volumeName();
    return new Verdict.Veto(
        Reason.VOLUME_EXPIRES,
        "Volume claim %s of member %s, which has gone, is kept until %s and deleted then. To keep it: kubectl annotate pvc %s -n %s --overwrite flotilla.dev/retain=forever"
            .formatted(
                claim, delete.member().name(), delete.until(), claim, view.ref().namespace()),
        Optional.of(delete.until()));
  }
}
