package dev.flotilla.operator.core.rule;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.core.view.TenantView;
import java.util.List;
import java.util.Optional;

/// Gives a new tenant its Secret, and never gives a second one to a tenant that has data.
///
/// Source: D11, D15 in docs/requirements.md.
final class KeepTenant implements Rule {

  @Override
  public String meaning() {
    return "Gives a new tenant its Secret, and never a second one to a tenant that has data.";
  }

  @Override
  public List<Reason> reasons() {
    return List.of(Reason.NOT_OBSERVED, Reason.SECRET_MISSING);
  }

  @Override
  public Proposal propose(ClusterView view) {
    return switch (view.tenant()) {
      case Reading.Unknown<Optional<TenantView>>(var why) ->
          new Proposal.Draft(this)
              .hold(Reason.NOT_OBSERVED, "The tenant's Secret could not be read: " + why + ".")
              .done();
      case Reading.Known<Optional<TenantView>>(var tenant, var at) when tenant.isPresent() ->
          Proposal.NOTHING;
      case Reading.Known<Optional<TenantView>> absent when hasTraces(view) ->
          new Proposal.Draft(this)
              .hold(
                  Reason.SECRET_MISSING,
                  "The Secret %s-tenant is gone although the cluster has volumes. Restore it from a backup."
                      .formatted(view.ref().name()))
              .done();
      case Reading.Known<Optional<TenantView>> absent ->
          Proposal.of(new Step.FoundTenant(Reason.CREATING));
    };
  }

  private static boolean hasTraces(ClusterView view) {
    return !view.members().isEmpty() || !view.strays().isEmpty();
  }
}
