package dev.flotilla.operator.shell;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.step.Hold;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.EngineReport;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.port.EnginePort;
import dev.flotilla.operator.port.StopSignal;
import dev.flotilla.topology.model.ClusterRef;
import java.util.Optional;
import java.util.function.Function;

/// Asks the engine once more before a member is restarted.
///
/// A plan is made on the engine's last report, which may be from before the last member was ended:
/// Kubernetes says that its new pod is ready, the report still says that nothing is missing, and
/// the copies that it brings back are not there yet. Asked now, the engine knows of that.
///
/// Source: R44 in docs/requirements.md; docs/adr/0026-a-restart-remembers-nothing.md
final class Restarter {

  private final EnginePort engine;
  private final Function<ClusterRef, Optional<EnginePort.Access>> access;

  Restarter(EnginePort engine, Function<ClusterRef, Optional<EnginePort.Access>> access) {
    this.engine = engine;
    this.access = access;
  }

  /// Why the member is not to be restarted now; empty if it may be.
  Optional<Outcome> objection(StopSignal stop, ClusterRef cluster, Step.RestartPod step) {
    var how = access.apply(cluster);
    if (how.isEmpty()) {
      return Optional.of(refused(step, "none of its members has an address"));
    }
    return switch (engine.observe(stop, how.get())) {
      case Reading.Unknown<EngineReport>(var why) -> Optional.of(refused(step, why));
      case Reading.Known<EngineReport>(var report, var at) when allows(step, report) ->
          Optional.empty();
      case Reading.Known<EngineReport> known -> Optional.of(new Outcome.Outdated());
    };
  }

  private static boolean allows(Step.RestartPod step, EngineReport report) {
    return step.idle()
        ? report.node(step.member().value()).isEmpty()
        : report.health() == EngineReport.Health.GREEN
            && step.others().stream().allMatch(name -> report.node(name.value()).isPresent());
  }

  private static Outcome refused(Step.RestartPod step, String why) {
    return new Outcome.Refused(
        new Hold(
            "Executor",
            Reason.ENGINE_UNREADABLE,
            step.subject(),
            "Member %s is not restarted, because the engine gave no clear answer: %s."
                .formatted(step.member(), why)));
  }
}
