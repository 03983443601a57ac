package dev.flotilla.operator.core.gate;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.Reading;
import java.time.Instant;
import java.util.List;

/// Holds whatever makes or ends a body while what is known of Kubernetes may be out of date.
///
/// After an outage each watch catches up on its own clock: an operator once saw a new specification
/// beside pods of old. Source: D9, R30 in docs/requirements.md.
final class FreshView implements Gate {

  @Override
  public String meaning() {
    return "What makes or ends a pod is decided on what Kubernetes says now, not on what it once said.";
  }

  @Override
  public List<Reason> reasons() {
    return List.of(Reason.STALE_VIEW);
  }

  @Override
  public Verdict check(ClusterView view, Step step) {
    return switch (step) {
      case Step.Commit s -> check(view);
      case Step.NoteDrain s -> check(view);
      case Step.Mark s -> check(view);
      case Step.GiveUp s -> check(view);
      case Step.Release s -> Verdict.pass(); // to take a mark away is always safe
      case Step.CreateVolume s -> check(view);
      case Step.GrowVolume s -> check(view);
      case Step.RetainVolume s -> check(view);
      case Step.DeleteVolume s -> check(view);
      case Step.CreatePod s -> check(view);
      case Step.DeletePod s -> check(view);
      case Step.RestartPod s -> check(view);
      case Step.StampVolume s -> check(view);
      case Step.FoundTenant s -> check(view);
      case Step.NudgePod s -> Verdict.pass();
      case Step.Apply s -> Verdict.pass();
      case Step.IssueCertificate s -> Verdict.pass();
      case Step.RecordFormation s -> Verdict.pass();
    };
  }

  private static Verdict check(ClusterView view) {
    return switch (view.fresh()) {
      case Reading.Known<Instant> known -> Verdict.pass();
      case Reading.Unknown<Instant>(var why) ->
          Verdict.veto(
              Reason.STALE_VIEW, "Waiting until every watch is healthy again: " + why + ".");
    };
  }
}
