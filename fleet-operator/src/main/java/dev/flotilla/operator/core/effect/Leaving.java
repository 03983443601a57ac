package dev.flotilla.operator.core.effect;

import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.MemberView;
import dev.flotilla.topology.lifecycle.DrainRecord;
import dev.flotilla.topology.lifecycle.Stage;
import dev.flotilla.topology.model.MemberName;
import java.util.List;
import java.util.Optional;

/// Which members a step makes leave, and who stays then.
public final class Leaving {

  private Leaving() {}

  /// The members whose drain the step begins; empty for any other step.
  public static List<MemberName> begun(ClusterView view, Step step) {
    return step instanceof Step.Commit commit
        ? commit.drains().stream()
            .filter(drain -> drain.stage() == Stage.DRAINING)
            .map(DrainRecord::member)
            .filter(name -> view.member(name).flatMap(MemberView::openDrain).isEmpty())
            .toList()
        : List.of();
  }

  /// The member that the step gives up; empty for any other step.
  public static Optional<MemberName> givenUp(Step step) {
    return step instanceof Step.GiveUp giveUp
        ? Optional.of(giveUp.drain().member())
        : Optional.empty();
  }

  /// The drains of members that the step makes leave with all that they have, because a person gave
  /// that up.
  public static List<DrainRecord> abandoned(ClusterView view, Step step) {
    var drains =
        switch (step) {
          case Step.Commit commit -> commit.drains();
          case Step.GiveUp giveUp -> List.of(giveUp.drain());
          default -> List.<DrainRecord>of();
        };
    var leaving = of(view, step);
    return drains.stream()
        .filter(drain -> drain.abandoned().isPresent() && leaving.contains(drain.member()))
        .toList();
  }

  /// The members that the step makes leave, one way or the other.
  public static List<MemberName> of(ClusterView view, Step step) {
    return givenUp(step).map(List::of).orElseGet(() -> begun(view, step));
  }

  /// Those who are not to go, now or by the step.
  public static List<MemberView> staying(ClusterView view, Step step) {
    var leaving = of(view, step);
    return view.members().stream()
        .filter(member -> member.stage().stays() && !leaving.contains(member.name()))
        .toList();
  }
}
