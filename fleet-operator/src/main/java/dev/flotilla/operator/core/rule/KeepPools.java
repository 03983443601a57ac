package dev.flotilla.operator.core.rule;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.object.KeptObject;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.PoolSpec;
import dev.flotilla.topology.model.PoolName;
import java.util.List;
import java.util.TreeSet;

/// Keeps one `DatabasePool` for each pool, and its scale as the specification says if it says so.
///
/// A count in `spec.pools[].instances` alone decides: what anybody else writes into the pool's
/// scale is taken back and reported. Without a count the scale belongs to its writers.
final class KeepPools implements Rule {

  @Override
  public String meaning() {
    return "Keeps a DatabasePool for each pool of the specification.";
  }

  @Override
  public List<Reason> reasons() {
    return List.of(Reason.POOL_REMOVAL_HELD);
  }

  @Override
  public Proposal propose(ClusterView view) {
    var draft = new Proposal.Draft(this);
    view.spec().pools().forEach(pool -> keep(view, pool, draft));
    removed(view)
        .forEach(pool ->
            draft.hold(
                Reason.POOL_REMOVAL_HELD,
                "Pool %s is not in spec.pools any more, but has members with data. Put it back."
                    .formatted(pool)));
    return draft.done();
  }

  private static void keep(ClusterView view, PoolSpec pool, Proposal.Draft draft) {
    var live = view.pools().get(pool.name());
    int wanted = view.wanted(pool);
    if (live == null) {
      draft.step(apply(pool.name(), wanted, Reason.CREATING));
    } else if (live.instances() != wanted) {
      var reason = live.foreignWriter().isPresent() ? Reason.FOREIGN_WRITER : Reason.CREATING;
      draft.step(apply(pool.name(), wanted, reason));
    }
  }

  private static Step apply(PoolName pool, int instances, Reason reason) {
    return new Step.Apply(new KeptObject.Pool(pool, instances), reason);
  }

  private static TreeSet<PoolName> removed(ClusterView view) {
    var pools = new TreeSet<PoolName>();
    view.members().forEach(member -> pools.add(member.pool()));
    view.spec().pools().forEach(pool -> pools.remove(pool.name()));
    return pools;
  }
}
