package dev.flotilla.operator.core.rule;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.PoolSpec;
import dev.flotilla.operator.core.view.Role;
import dev.flotilla.operator.core.view.TenantView;
import dev.flotilla.topology.model.MemberRecord;
import dev.flotilla.topology.placement.ZoneSpread;
import java.util.ArrayList;
import java.util.List;

/// Gives a pool as many members as it shall have, spread evenly over the zones. It never takes one
/// away.
///
/// Source: docs/adr/0009-names-follow-from-the-slot.md; D11 in docs/requirements.md.
final class AllocateMembers implements Rule {

  @Override
  public String meaning() {
    return "Gives each pool its members, spread evenly over the zones, and takes none away.";
  }

  @Override
  public List<Reason> reasons() {
    return List.of(Reason.SCALE_IN_HELD);
  }

  @Override
  public Proposal propose(ClusterView view) {
    var draft = new Proposal.Draft(this);
    var added = new ArrayList<MemberRecord>();
    for (PoolSpec pool : view.spec().pools()) {
      int have = view.membersOf(pool.name()).size();
      int missing = view.wanted(pool) - have;
      if (missing > 0) {
        added.addAll(allocate(view, pool, missing));
      } else if (missing < 0) {
        draft.hold(
            Reason.SCALE_IN_HELD,
            "Pool %s has %d members and shall have %d. This version removes none; set it back to %d."
                .formatted(pool.name(), have, have + missing, have));
      }
    }
    if (!added.isEmpty()) {
      draft.step(new Step.Commit(view.revision(), added, Reason.CREATING));
    }
    return draft.done();
  }

  private static List<MemberRecord> allocate(ClusterView view, PoolSpec pool, int count) {
    // Without a tenant there is no identity to record; KeepTenant comes first, the next pass
    // allocates.
    return view.tenant().known().flatMap(tenant -> tenant).stream()
        .flatMap(tenant -> records(view, pool, count, tenant).stream())
        .toList();
  }

  /// Founders must be named to the very first pod; once one exists, later voters join what it
  /// forms.
  private static List<MemberRecord> records(
      ClusterView view, PoolSpec pool, int count, TenantView tenant) {
    boolean founding = pool.has(Role.VOTER) && view.isUnstarted();
    return ZoneSpread.of(pool.name(), view.spec().zones(), view.slots()).grow(count).stream()
        .map(slot -> MemberRecord.allocated(view.ref(), tenant.id(), slot, founding))
        .toList();
  }
}
