package dev.flotilla.operator.core.drain;

import dev.flotilla.operator.core.rule.Rule;
import java.util.List;

/// The rules of drains, in the order in which their steps are carried out: what is open comes
/// before what is new.
public final class DrainRules {

  public static final List<Rule> ALL = List.of(new ContinueDrains(), new ScaleIn());

  private DrainRules() {}
}
