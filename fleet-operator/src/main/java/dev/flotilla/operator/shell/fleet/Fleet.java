package dev.flotilla.operator.shell.fleet;

import dev.flotilla.operator.core.effect.Disrupting;
import dev.flotilla.operator.core.fleet.FleetFacts;
import dev.flotilla.operator.core.fleet.FleetLimits;
import dev.flotilla.operator.core.plan.Plan;
import dev.flotilla.operator.core.retention.Deletion;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.port.ClusterResource;
import dev.flotilla.operator.port.KubeCache;
import dev.flotilla.topology.lifecycle.DrainRecord;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.Zone;
import java.time.Instant;
import java.util.Collections;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// What the databases share: the limits, and the account of how far they are used.
public final class Fleet {

  private final KubeCache cache;
  private final Consumer<ClusterRef> wake;
  private final Removals removals = new Removals();
  private final Budget budget = new Budget();
  private final GivenUp givenUp = new GivenUp();

  /// @param wake brings about a pass over a database that may have its turn now
  public Fleet(KubeCache cache, Consumer<ClusterRef> wake) {
    this.cache = cache;
    this.wake = wake;
  }

  /// Before the first pass of an epoch: volumes say whose members leave. Of a drain that was
  /// recorded and not noted there yet, the first pass over its database tells.
  public void begin() {
    var running = new TreeMap<ClusterRef, SortedSet<Zone>>();
    for (var cluster : cache.clusters()) {
      var zones =
          cache.volumes(cluster).values().stream()
              .filter(volume -> volume.noted().filter(DrainRecord::isOpen).isPresent())
              .flatMap(volume -> volume.trusted().stream())
              .map(volume -> volume.member().zone())
              .collect(Collectors.toCollection(TreeSet::new));
      if (!zones.isEmpty()) {
        running.put(cluster, zones);
      }
    }
    budget.refill(running);
  }

  /// What a database sees of it. Reads memory only and changes nothing.
  public Reading<FleetFacts> facts(ClusterView.Identity database) {
    return switch (cache.limits()) {
      case Reading.Unknown<FleetLimits>(var why) -> new Reading.Unknown<>(why);
      case Reading.Known<FleetLimits>(var limits, var at) ->
          new Reading.Known<>(facts(database, limits), at);
    };
  }

  private FleetFacts facts(ClusterView.Identity database, FleetLimits limits) {
    var since = database.now().minus(limits.breaker().window());
    var count = removals.count(database.ref(), database.uid(), since);
    var gone = count.lately().stream().filter(it -> cache.cluster(it.cluster()).isEmpty()).count();
    return new FleetFacts(
        limits,
        cache.clusterCount() + (int) gone,
        count.lately().stream().map(Removals.Begun::at).toList(),
        database.deleting() && !count.isOneOfThem()
            ? OptionalInt.of(count.ahead())
            : OptionalInt.empty(),
        budget.others(database.ref()),
        givenUp.losses(since));
  }

  /// What a pass sees of a database, before it plans.
  public void lookAt(ClusterView view) {
    givenUp.counted(view.ref(), view.members().size());
    if (budget.found(view.ref(), Disrupting.now(view))) {
      wakeFirst();
    }
  }

  /// What a pass has planned for a database that may have to wait for others.
  public void waits(ClusterView view, Plan plan) {
    if (budget.waits(view.ref(), plan.waiting())) {
      wakeFirst();
    }
    view.fleet()
        .known()
        .map(facts -> facts.limits().disruption())
        .filter(limits -> !plan.waiting().isEmpty())
        .filter(limits -> budget.hasRoom(view.ref(), plan.waiting(), limits))
        .ifPresent(limits -> wake.accept(view.ref()));
  }

  /// Takes the places that a plan needs, just before it is carried out.
  ///
  /// @return whether there were enough; if not, somebody was quicker than this plan knew
  public boolean admits(ClusterView view, Plan plan) {
    var limits = view.fleet().known().map(FleetFacts::limits);
    return plan.upToDestruction().stream()
        .map(Plan.Planned::step)
        .allMatch(step -> limits.map(known -> admits(view, step, known)).orElse(true));
  }

  private boolean admits(ClusterView view, Step step, FleetLimits limits) {
    if (step instanceof Step.GiveUp giveUp) {
      return givenUp.begin(view.ref(), giveUp.drain().member(), view.now(), limits);
    }
    var zones = Disrupting.begunBy(view, step);
    return zones.isEmpty() || budget.begin(view.ref(), zones, limits.disruption());
  }

  /// Not all who wait: as many as could ever have a place.
  private void wakeFirst() {
    int most = cache.limits().known().map(limits -> limits.disruption().maxClusters()).orElse(0);
    budget.first(most).forEach(wake);
  }

  /// Before a pass looks at a database: one that was deleted and still has a pod to be stopped
  /// waits for its turn. One that nobody confirmed may wait for ever, and is not in the line.
  public void lookAt(ClusterRef cluster, ClusterResource resource) {
    if (resource.deletion() == Deletion.CONFIRMED && hasPodToStop(cluster)) {
      removals.join(cluster, resource.uid());
    } else {
      removals.leave(cluster);
    }
  }

  private boolean hasPodToStop(ClusterRef cluster) {
    return cache.pods(cluster).values().stream().anyMatch(pod -> !pod.terminating());
  }

  /// Before a pass stops the first pod of a database that was deleted.
  public void remove(ClusterRef cluster, String uid, Instant now) {
    removals.begin(cluster, uid, now);
  }

  /// A database is not there any more, and does not count anywhere.
  public void forget(ClusterRef cluster) {
    removals.leave(cluster);
    givenUp.counted(cluster, 0);
    boolean freed = budget.found(cluster, Collections.emptySortedSet());
    if (budget.waits(cluster, Collections.emptySortedSet()) || freed) {
      wakeFirst();
    }
  }
}
