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
/// away; and as long as one that drains can be kept instead, none is made.
///
/// Source: docs/adr/0009-names-follow-from-the-slot.md; D11 in docs/requirements.md.
final class AllocateMembers implements Rule {

  @Override
  public String meaning() {
    return "Gives each pool its members, spread evenly over the zones, and takes none away.";
  }

  @Override
  public Proposal propose(ClusterView view) {
    var draft = new Proposal.Draft(this);
    var added = new ArrayList<MemberRecord>();
    for (PoolSpec pool : view.spec().pools()) {
      int missing = view.missing(pool);
      int kept = view.revivable(pool.name()).size();
      if (missing > kept) {
        added.addAll(allocate(view, pool, missing - kept));
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
    var spread = new ZoneSpread(pool.name(), view.spec().zones(), view.filled(), view.slots());
    return spread.grow(count).stream()
        .map(slot -> MemberRecord.allocated(view.ref(), tenant.id(), slot, founding))
        .toList();
  }
}
