package dev.flotilla.operator.core.rule;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.EngineReport;
import dev.flotilla.operator.core.view.MemberView;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.core.view.TenantView;
import dev.flotilla.operator.core.view.VolumeView;
import java.util.List;
import java.util.Optional;

/// Remembers which engine cluster was formed: in the tenant's Secret and on every volume whose
/// member belongs to it.
///
/// Source: D11 in docs/requirements.md.
final class RecordFormation implements Rule {

  @Override
  public String meaning() {
    return "Remembers that the engine was formed, so that it is never formed a second time.";
  }

  @Override
  public List<Reason> reasons() {
    return List.of(Reason.TENANT_MISMATCH);
  }

  @Override
  public Proposal propose(ClusterView view) {
    return switch (view.engine()) {
      case Reading.Unknown<EngineReport> unknown -> Proposal.NOTHING;
      case Reading.Known<EngineReport>(var report, var at) -> record(view, report);
    };
  }

  private Proposal record(ClusterView view, EngineReport report) {
    var uuid = report.clusterUuid();
    var draft = new Proposal.Draft(this);
    if (view.formed().filter(formed -> !formed.equals(uuid)).isPresent()) {
      return draft
          .hold(
              Reason.TENANT_MISMATCH,
              "The engine says that it is cluster %s, but this database was formed as %s. Nothing is recorded."
                  .formatted(uuid, view.formed().get()))
          .done();
    }
    view.tenant()
        .known()
        .flatMap(tenant -> tenant)
        .map(TenantView::formed)
        .filter(Optional::isEmpty)
        .ifPresent(missing -> draft.step(new Step.RecordFormation(uuid, Reason.CREATING)));
    view.members().forEach(member -> stamp(view, member, uuid, draft));
    return draft.done();
  }

  private static void stamp(
      ClusterView view, MemberView member, String uuid, Proposal.Draft draft) {
    member
        .volume()
        .filter(volume -> !volume.terminating() && lacksStamp(volume))
        .filter(volume -> view.hasJoined(member))
        .ifPresent(volume ->
            draft.step(
                new Step.StampVolume(
                    member.record(),
                    volume.uid(),
                    volume.resourceVersion(),
                    uuid,
                    Reason.CREATING)));
  }

  private static boolean lacksStamp(VolumeView volume) {
    return volume.trusted().filter(record -> record.engineUuid().isEmpty()).isPresent();
  }
}
