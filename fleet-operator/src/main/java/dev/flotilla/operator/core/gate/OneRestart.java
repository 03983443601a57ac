package dev.flotilla.operator.core.gate;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.effect.Aftermath;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.EngineReport;
import dev.flotilla.operator.core.view.MemberView;
import dev.flotilla.operator.core.view.Reading;
import java.util.List;
import java.util.Locale;

/// Lets a member that serves be restarted only while all others serve, nobody leaves, every shard
/// has all its copies and no drain that was taken back is still felt: so a change that is no good
/// stops at the first member that it meets.
///
/// Whoever serves nothing takes nothing away. That it does is the engine's to say.
///
/// Source: D7, R21, R44 in docs/requirements.md
final class OneRestart implements Gate {

  @Override
  public String meaning() {
    return "A member is restarted only while all others serve, nobody leaves and no copy is missing.";
  }

  @Override
  public List<Reason> reasons() {
    return List.of(
        Reason.HEALING,
        Reason.DRAINING,
        Reason.DRAIN_UNDONE,
        Reason.COPIES_MISSING,
        Reason.ENGINE_UNREADABLE);
  }

  @Override
  public Verdict check(ClusterView view, Step step) {
    if (!(step instanceof Step.RestartPod restart)) {
      return Verdict.pass();
    }
    return switch (view.engine()) {
      case Reading.Unknown<EngineReport>(var why) ->
          Verdict.veto(
              Reason.ENGINE_UNREADABLE,
              "No member is restarted while the engine does not say who serves: %s."
                  .formatted(why));
      case Reading.Known<EngineReport> known when restart.idle() -> Verdict.pass();
      case Reading.Known<EngineReport>(var report, var at) -> check(view, restart, report);
    };
  }

  private static Verdict check(ClusterView view, Step.RestartPod restart, EngineReport report) {
    for (MemberView other : view.members()) {
      if (other.openDrain().isPresent()) {
        return Verdict.veto(
            Reason.DRAINING,
            "No member is restarted while member %s leaves or is being kept after all."
                .formatted(other.name()));
      }
      boolean serves = other.isReady() && view.hasJoined(other);
      if (!serves && !other.name().equals(restart.member())) {
        return Verdict.veto(
            Reason.HEALING,
            "Member %s is not restarted before member %s serves."
                .formatted(restart.member(), other.name()));
      }
    }
    return report.health() == EngineReport.Health.GREEN
        ? Aftermath.of(view, report)
            .map(why ->
                Verdict.veto(
                    Reason.DRAIN_UNDONE,
                    "Member %s is not restarted while %s.".formatted(restart.member(), why)))
            .orElseGet(Verdict::pass)
        : Verdict.veto(
            Reason.COPIES_MISSING,
            "Member %s is not restarted before every shard has its copies; the engine says %s."
                .formatted(restart.member(), report.health().name().toLowerCase(Locale.ROOT)));
  }
}
