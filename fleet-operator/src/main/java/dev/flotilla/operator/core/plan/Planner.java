package dev.flotilla.operator.core.plan;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.effect.Disrupting;
import dev.flotilla.operator.core.gate.Gate;
import dev.flotilla.operator.core.gate.Verdict;
import dev.flotilla.operator.core.rule.Rule;
import dev.flotilla.operator.core.step.Hold;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.topology.model.Zone;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// From what is known of a cluster to what shall be done: total, pure, and the same bytes for the
/// same view.
///
/// Source: docs/adr/0002-a-pure-planner.md
public final class Planner {

  private Planner() {}

  /// The steps that every gate lets pass, in the order of the rules, and everything that is held.
  public static Plan plan(ClusterView view) {
    var steps = new ArrayList<Plan.Planned>();
    var holds = new ArrayList<Hold>();
    var ends = new ArrayList<Instant>();
    var waiting = new TreeSet<Zone>();
    for (Rule rule : Agenda.of(view)) {
      var proposal = rule.propose(view);
      holds.addAll(proposal.holds());
      for (Step step : proposal.steps()) {
        firstVeto(view, step)
            .ifPresentOrElse(
                veto -> {
                  holds.add(veto.hold());
                  veto.until().ifPresent(ends::add);
                  if (veto.hold().reason() == Reason.WAITS_FOR_OTHERS) {
                    waiting.addAll(Disrupting.begunBy(view, step));
                  }
                },
                () -> steps.add(new Plan.Planned(rule.name(), step)));
      }
    }
    return new Plan(steps, distinct(holds), ends.stream().min(Comparator.naturalOrder()), waiting);
  }

  /// @param until when time alone may have ended it
  private record Vetoed(Hold hold, Optional<Instant> until) {}

  private static Optional<Vetoed> firstVeto(ClusterView view, Step step) {
    for (Gate gate : Vetoes.ALL) {
      if (gate.check(view, step) instanceof Verdict.Veto(var reason, var message, var until)) {
        return Optional.of(
            new Vetoed(new Hold(gate.name(), reason, step.subject(), message), until));
      }
    }
    return Optional.empty();
  }

  /// One hold for each cause: a gate that stops ten steps for one reason says so once.
  private static List<Hold> distinct(List<Hold> holds) {
    var seen = new ArrayList<Hold>();
    for (Hold hold : holds) {
      boolean said =
          seen.stream()
              .anyMatch(other ->
                  other.reason() == hold.reason() && other.message().equals(hold.message()));
      if (!said) {
        seen.add(hold);
      }
    }
    return seen;
  }
}
