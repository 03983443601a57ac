package dev.flotilla.operator.core.status;

import dev.flotilla.crds.condition.Attention;
import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.status.StatusReport.MemberPhase;
import dev.flotilla.operator.core.step.Hold;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.EngineReport;
import dev.flotilla.operator.core.view.MemberView;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a report is made of, and the few questions that several of its parts ask.
///
/// @param steps how many steps the plan has
/// @param holds of the plan and of its execution
record Situation(ClusterView view, int steps, List<Hold> holds, List<StatusReport.Member> members) {

  /// The first hold that only a person can end.
  Optional<Hold> problem() {
    return holds(Attention.PROBLEM).findFirst();
  }

  /// The first hold that will end by itself.
  Optional<Hold> waiting() {
    return holds(Attention.WORKING).findFirst();
  }

  Optional<Hold> hold(Reason... reasons) {
    return holds.stream().filter(hold -> List.of(reasons).contains(hold.reason())).findFirst();
  }

  private Stream<Hold> holds(Attention attention) {
    return holds.stream().filter(hold -> hold.reason().attention() == attention);
  }

  int wanted() {
    return view.spec().pools().stream().mapToInt(view::wanted).sum();
  }

  int active() {
    return (int) members.stream().filter(member -> member.state() == MemberPhase.ACTIVE).count();
  }

  boolean hasLost() {
    return members.stream().anyMatch(member -> member.state() == MemberPhase.LOST);
  }

  boolean isComplete() {
    return active() == members.size() && members.size() == wanted();
  }

  /// Whether clients are served: the engine vouches for every shard and some member is ready for
  /// them.
  boolean isServing() {
    return view.engine()
            .known()
            .filter(report -> report.health() != EngineReport.Health.RED)
            .isPresent()
        && view.members().stream().anyMatch(MemberView::isReady);
  }

  /// What is going on while nothing is wrong.
  Reason activity() {
    if (view.identity().deleting()) {
      return Reason.DELETING;
    }
    if (hold(Reason.WAITS_FOR_OTHERS).isPresent()) {
      return Reason.WAITS_FOR_OTHERS;
    }
    if (hold(Reason.RESTARTING).isPresent()) {
      return Reason.RESTARTING;
    }
    if (hasLost()) {
      return Reason.HEALING;
    }
    if (view.members().stream().anyMatch(member -> member.openDrain().isPresent())) {
      return Reason.DRAINING;
    }
    if (!isComplete()) {
      boolean allRun =
          members.size() == wanted()
              && members.stream()
                  .allMatch(member ->
                      member.state() == MemberPhase.JOINING
                          || member.state() == MemberPhase.ACTIVE);
      return allRun ? Reason.JOINING : Reason.CREATING;
    }
    return steps > 0 ? Reason.CREATING : Reason.AS_WANTED;
  }

  Reason reason() {
    return problem().map(Hold::reason).orElseGet(this::activity);
  }

  /// One word for people.
  String phase() {
    if (view.identity().deleting()) {
      return "Deleting";
    }
    if (problem().isPresent() && !isServing()) {
      return "Blocked";
    }
    if (view.formed().isEmpty()) {
      return members.isEmpty() ? "Pending" : "Initializing";
    }
    if (!isServing() || hasLost()) {
      return "Degraded";
    }
    return isComplete() ? "Ready" : "Progressing";
  }
}
