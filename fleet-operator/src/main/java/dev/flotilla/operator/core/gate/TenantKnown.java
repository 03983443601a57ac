package dev.flotilla.operator.core.gate;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.ClusterView;

/// Holds members until the tenant's Secret is there: without it they would have neither identity
/// nor log-ins.
///
/// Source: D9 in docs/requirements.md.
final class TenantKnown implements Gate {

  @Override
  public Verdict check(ClusterView view, Step step) {
    return switch (step) {
      case Step.IssueCertificate s -> check(view);
      case Step.CreateVolume s -> check(view);
      case Step.CreatePod s -> check(view);
      case Step.RecordFormation s -> check(view);
      case Step.Commit s -> Verdict.pass(); // needs the tenant's identity to be proposed at all
      case Step.FoundTenant s -> Verdict.pass();
      case Step.NudgePod s -> Verdict.pass();
      case Step.Apply s -> Verdict.pass();
      case Step.DeletePod s -> Verdict.pass();
      case Step.StampVolume s -> Verdict.pass();
    };
  }

  private static Verdict check(ClusterView view) {
    return view.tenant().known().flatMap(tenant -> tenant).isPresent()
        ? Verdict.pass()
        : Verdict.veto(
            Reason.SECRET_MISSING,
            "Waiting for the Secret %s-tenant.".formatted(view.ref().name()));
  }
}
