package dev.flotilla.operator.core.gate;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.MemberView;
import dev.flotilla.operator.core.view.PoolSpec;
import dev.flotilla.operator.core.view.Role;
import java.util.List;

/// Holds the first pods of a new database until all its founders are recorded on their volumes.
///
/// Each founder is told the names of all; one that is told of fewer could form a database with
/// them, and the others a second one beside it.
///
/// Source: D11 in docs/requirements.md.
final class FoundersComplete implements Gate {

  @Override
  public String meaning() {
    return "The first pods of a database start only when each of its founders has its volume.";
  }

  @Override
  public List<Reason> reasons() {
    return List.of(Reason.CREATING);
  }

  @Override
  public Verdict check(ClusterView view, Step step) {
    if (!(step instanceof Step.CreatePod) || !view.isUnstarted()) {
      return Verdict.pass();
    }
    boolean recorded = view.spec().pools().stream().allMatch(pool -> isRecorded(view, pool));
    boolean kept =
        view.members().stream()
            .filter(member -> member.record().founding())
            .map(MemberView::volume)
            .allMatch(volume -> volume.isPresent());
    return recorded && kept
        ? Verdict.pass()
        : Verdict.veto(Reason.CREATING, "The first pods wait until every founder has its volume.");
  }

  private static boolean isRecorded(ClusterView view, PoolSpec pool) {
    return !pool.has(Role.VOTER) || view.membersOf(pool.name()).size() >= view.wanted(pool);
  }
}
