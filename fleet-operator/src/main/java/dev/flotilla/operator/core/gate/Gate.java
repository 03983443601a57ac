package dev.flotilla.operator.core.gate;

import dev.flotilla.operator.core.step.Holder;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.ClusterView;

/// May veto a step. Pure, and never the one to propose.
public interface Gate extends Holder {

  Verdict check(ClusterView view, Step step);
}
