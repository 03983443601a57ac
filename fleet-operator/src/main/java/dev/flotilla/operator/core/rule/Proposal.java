package dev.flotilla.operator.core.rule;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.step.Hold;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.topology.model.MemberName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a rule proposes: steps in order, and what it wants but knows that it must not do.
public record Proposal(List<Step> steps, List<Hold> holds) {

  public static final Proposal NOTHING = new Proposal(List.of(), List.of());

  public Proposal {
    steps = List.copyOf(steps);
    holds = List.copyOf(holds);
  }

  static Proposal of(Step... steps) {
    return new Proposal(List.of(steps), List.of());
  }

  /// Collects a proposal in the name of one rule.
  public static final class Draft {

    private final Rule rule;
    private final List<Step> steps = new ArrayList<>();
    private final List<Hold> holds = new ArrayList<>();

    public Draft(Rule rule) {
      this.rule = rule;
    }

    public Draft step(Step step) {
      steps.add(step);
      return this;
    }

    public Draft hold(Reason reason, String message) {
      holds.add(new Hold(rule.name(), reason, Optional.empty(), message));
      return this;
    }

    public Draft hold(Reason reason, MemberName subject, String message) {
      holds.add(new Hold(rule.name(), reason, Optional.of(subject), message));
      return this;
    }

    public Proposal done() {
      return new Proposal(steps, holds);
    }
  }
}
