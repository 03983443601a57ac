package dev.flotilla.operator.core.gate;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.core.view.TenantView;
import java.util.List;
import java.util.Optional;

/// Holds members until the tenant's Secret is there: without it they would have neither identity
/// nor log-ins.
///
/// Source: D9 in docs/requirements.md.
final class TenantKnown implements Gate {

  @Override
  public String meaning() {
    return "Members are made only with the tenant's Secret, which has their identity and log-ins.";
  }

  @Override
  public List<Reason> reasons() {
    return List.of(Reason.NOT_OBSERVED, Reason.SECRET_MISSING);
  }

  @Override
  public Verdict check(ClusterView view, Step step) {
    return switch (step) {
      case Step.IssueCertificate s -> check(view);
      case Step.CreateVolume s -> check(view);
      case Step.CreatePod s -> check(view);
      case Step.RecordFormation s -> check(view);
      case Step.RestartPod s -> check(view); // without it there would be no new pod
      case Step.Commit s -> Verdict.pass(); // needs the tenant's identity to be proposed at all
      case Step.NoteDrain s -> Verdict.pass();
      case Step.Mark s -> Verdict.pass();
      case Step.Release s -> Verdict.pass();
      case Step.GiveUp s -> Verdict.pass();
      case Step.FoundTenant s -> Verdict.pass();
      case Step.NudgePod s -> Verdict.pass();
      case Step.Apply s -> Verdict.pass();
      case Step.GrowVolume s -> Verdict.pass();
      case Step.RetainVolume s -> Verdict.pass();
      case Step.DeleteVolume s -> check(view); // another tenant's volume is never ours to end
      case Step.DeletePod s -> Verdict.pass();
      case Step.StampVolume s -> Verdict.pass();
    };
  }

  private static Verdict check(ClusterView view) {
    return switch (view.tenant()) {
      case Reading.Unknown<Optional<TenantView>>(var why) ->
          Verdict.veto(
              Reason.NOT_OBSERVED, "The tenant's Secret could not be read: %s.".formatted(why));
      case Reading.Known<Optional<TenantView>>(var tenant, var at) when tenant.isEmpty() ->
          Verdict.veto(
              Reason.SECRET_MISSING,
              "Waiting for the Secret %s-tenant.".formatted(view.ref().name()));
      case Reading.Known<Optional<TenantView>> known -> Verdict.pass();
    };
  }
}
