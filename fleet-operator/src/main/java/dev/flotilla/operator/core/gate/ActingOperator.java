package dev.flotilla.operator.core.gate;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.Authority;
import dev.flotilla.operator.core.view.ClusterView;
import java.util.List;

/// Holds everything unless this operator is the newest one and has rebuilt what it knows.
final class ActingOperator implements Gate {

  @Override
  public String meaning() {
    return "Only the newest operator that has rebuilt its records writes.";
  }

  @Override
  public List<Reason> reasons() {
    return List.of(Reason.NOT_ACTING);
  }

  @Override
  public Verdict check(ClusterView view, Step step) {
    return switch (view.authority()) {
      case Authority.Acting acting -> Verdict.pass();
      case Authority.NotActing(var why) ->
          Verdict.veto(Reason.NOT_ACTING, "Nothing is written: " + why + ".");
    };
  }
}
