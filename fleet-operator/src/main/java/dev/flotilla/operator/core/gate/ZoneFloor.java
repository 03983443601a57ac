package dev.flotilla.operator.core.gate;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.effect.Leaving;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.MemberView;
import dev.flotilla.topology.model.MemberName;
import java.util.List;

/// Holds whatever would leave a zone of the specification without a member that serves.
///
/// Who chooses a victim knows that already; this is asked again at the moment of giving up, hours
/// later.
///
/// Source: ZD-1, D8 in docs/requirements.md; zalando-incubator/es-operator#404
final class ZoneFloor implements Gate {

  @Override
  public String meaning() {
    return "No zone of the specification loses its last member that serves.";
  }

  @Override
  public List<Reason> reasons() {
    return List.of(Reason.SCALE_IN_HELD);
  }

  @Override
  public Verdict check(ClusterView view, Step step) {
    if (!Leaving.abandoned(view, step).isEmpty()) {
      return Verdict.pass(); // who is not in the engine serves nobody
    }
    return Leaving.of(view, step).stream()
        .flatMap(name -> view.member(name).stream())
        .filter(member -> view.spec().zones().contains(member.zone()))
        .filter(member -> isLast(view, step, member))
        .map(member -> veto(member.name(), member))
        .findFirst()
        .orElse(Verdict.pass());
  }

  private static boolean isLast(ClusterView view, Step step, MemberView leaving) {
    return Leaving.staying(view, step).stream()
        .filter(member -> member.pool().equals(leaving.pool()))
        .filter(member -> member.zone().equals(leaving.zone()))
        .noneMatch(member -> member.isReady() && view.hasJoined(member));
  }

  private static Verdict veto(MemberName name, MemberView member) {
    return Verdict.veto(
        Reason.SCALE_IN_HELD,
        "Member %s is the last of pool %s that serves in zone %s, so it stays. Replace it, so that a new member there comes first, or set the number of instances back."
            .formatted(name, member.pool(), member.zone()));
  }
}
