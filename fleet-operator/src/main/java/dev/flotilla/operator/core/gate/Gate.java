package dev.flotilla.operator.core.gate;

import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.ClusterView;

/// May veto a step. Pure, and never the one to propose.
public interface Gate {

  Verdict check(ClusterView view, Step step);

  /// Its name in holds and documentation.
  default String name() {
    return getClass().getSimpleName();
  }
}
