package dev.flotilla.operator.core.gate;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.effect.Errands;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.Authority;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.MemberView;
import dev.flotilla.operator.core.view.VolumeView;
import java.util.List;

/// Holds everything unless this operator is the newest one and has rebuilt what it knows.
///
/// While nothing can be recorded, a member that is recorded still gets its pod back: its name is
/// the guard, and no data can be lost by it. While it is not certain that the store tells of today,
/// the volume has to say the same of the member, and nothing else is done.
///
/// Source: D13, RF-2 in docs/requirements.md; docs/adr/0028-a-store-that-may-be-wrong.md
final class ActingOperator implements Gate {

  @Override
  public String meaning() {
    return "Only the newest operator that has rebuilt its records writes; without the store lost pods come back, and nothing else.";
  }

  @Override
  public List<Reason> reasons() {
    return List.of(Reason.NOT_ACTING, Reason.STORE_UNREACHABLE, Reason.STORE_HALTED);
  }

  @Override
  public Verdict check(ClusterView view, Step step) {
    return switch (view.authority()) {
      case Authority.Acting acting -> Verdict.pass();
      case Authority.Minding(var epoch, var reason, var why)
          when Errands.of(reason).contains(step) && isCertain(view, reason, step) ->
          Verdict.pass();
      case Authority.Minding(var epoch, var reason, var why) ->
          Verdict.veto(reason, "Lost pods come back, nothing else is done: " + why + ".");
      case Authority.NotActing(var why) ->
          Verdict.veto(Reason.NOT_ACTING, "Nothing is written: " + why + ".");
    };
  }

  private static boolean isCertain(ClusterView view, Reason reason, Step step) {
    return reason != Reason.STORE_HALTED
        || step.subject()
            .flatMap(view::member)
            .filter(ActingOperator::isKnownToItsVolume)
            .isPresent();
  }

  private static boolean isKnownToItsVolume(MemberView member) {
    return member
        .volume()
        .filter(volume -> volume.note().isEmpty())
        .flatMap(VolumeView::trusted)
        .filter(record -> record.member().name().equals(member.name()))
        .isPresent();
  }
}
