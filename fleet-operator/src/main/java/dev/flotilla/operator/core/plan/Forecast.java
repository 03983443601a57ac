package dev.flotilla.operator.core.plan;

import dev.flotilla.operator.core.step.Hold;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.ClusterView;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What the operator does in its next pass, if nobody else moves meanwhile and every write
/// succeeds: the very steps, in their order, up to where it has to wait for Kubernetes, the engine
/// or a person.
///
/// A pass plans, carries out and plans again until nothing new is asked for; a forecast does the
/// same with imagined results. Of a new database it tells two passes as one: the pods, and what
/// follows at once.
///
/// Source: UX-8 in docs/requirements.md; docs/adr/0016-a-plan-is-a-forecast.md
///
/// @param steps with the rules that proposed them
/// @param holds what is still held when they are done
/// @param after the view when they are done
public record Forecast(List<Plan.Planned> steps, List<Hold> holds, ClusterView after) {

  public Forecast {
    steps = List.copyOf(steps);
    holds = List.copyOf(holds);
  }

  /// The forecast for a view.
  public static Forecast of(ClusterView view) {
    var steps = new ArrayList<Plan.Planned>();
    Set<Step> done = new LinkedHashSet<>();
    var world = Imagined.of(view);
    var plan = Planner.plan(view);
    for (int round = 0; round < Plan.MAX_ROUNDS && !plan.isDone(done); round++) {
      for (Plan.Planned planned : plan.upToDestruction()) {
        steps.add(planned);
        done.add(planned.step());
        world = world.after(planned.step());
      }
      plan = Planner.plan(world.view());
    }
    return new Forecast(steps, plan.holds(), world.view());
  }
}
