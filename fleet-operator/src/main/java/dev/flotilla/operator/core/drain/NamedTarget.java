package dev.flotilla.operator.core.drain;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.effect.Leaving;
import dev.flotilla.operator.core.gate.Gate;
import dev.flotilla.operator.core.gate.Verdict;
import dev.flotilla.operator.core.request.Abandoning;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.EngineReport;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.topology.lifecycle.DrainRecord;
import java.util.List;
import java.util.Optional;

/// Lets a member be given up without being emptied only if it still is the very body that a person
/// named, within the person's time, and the engine says that it is not one of its members.
///
/// Source: D4 in docs/requirements.md; docs/adr/0036-an-override-names-its-target.md
public final class NamedTarget implements Gate {

  @Override
  public String meaning() {
    return "A member that is not emptied goes only if a person named its very body, and the engine does not list it.";
  }

  @Override
  public List<Reason> reasons() {
    return List.of(Reason.DRAIN_BLOCKED, Reason.ENGINE_UNREADABLE);
  }

  @Override
  public Verdict check(ClusterView view, Step step) {
    return Leaving.abandoned(view, step).stream()
        .flatMap(drain -> objection(view, drain).stream())
        .findFirst()
        .orElse(Verdict.pass());
  }

  private static Optional<Verdict> objection(ClusterView view, DrainRecord drain) {
    if (view.engine() instanceof Reading.Unknown<EngineReport>(var why)) {
      return Optional.of(
          Verdict.veto(
              Reason.ENGINE_UNREADABLE,
              "Whether the engine still lists member %s is not known: %s."
                  .formatted(drain.member(), why)));
    }
    if (!view.now().isBefore(drain.deadline().at())) {
      return Optional.of(
          Verdict.veto(
              Reason.DRAIN_BLOCKED,
              "The word to give member %s up was good until %s."
                  .formatted(drain.member(), drain.deadline().at())));
    }
    return view.member(drain.member())
        .flatMap(member -> drain.abandoned().flatMap(uid -> Abandoning.obstacle(view, member, uid)))
        .map(why -> Verdict.veto(Reason.DRAIN_BLOCKED, why));
  }
}
