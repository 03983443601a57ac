package dev.flotilla.operator.core.gate;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.ClusterView;
import java.util.List;

/// Holds everything for a database that was formed once and of which no volume is left: a new one
/// would hide the loss.
///
/// Source: D11 in docs/requirements.md.
final class DataPresent implements Gate {

  @Override
  public String meaning() {
    return "A database that was formed once is not made anew while its volumes are missing.";
  }

  @Override
  public List<Reason> reasons() {
    return List.of(Reason.DATA_MISSING);
  }

  @Override
  public Verdict check(ClusterView view, Step step) {
    if (view.formed().isEmpty() || anyVolume(view) || step instanceof Step.DeletePod) {
      return Verdict.pass();
    }
    return Verdict.veto(
        Reason.DATA_MISSING,
        "Database %s was formed once, but none of its volumes is here. Restore them; to start empty on purpose, delete the Secret %s-tenant too."
            .formatted(view.ref(), view.ref().name()));
  }

  private static boolean anyVolume(ClusterView view) {
    return view.members().stream().anyMatch(member -> member.volume().isPresent());
  }
}
