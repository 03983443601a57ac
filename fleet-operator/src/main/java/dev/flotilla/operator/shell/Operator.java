package dev.flotilla.operator.shell;

import dev.flotilla.operator.core.compare.Comparison;
import dev.flotilla.operator.core.view.Authority;
import dev.flotilla.operator.core.view.EngineReport;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.port.Awakener;
import dev.flotilla.operator.port.Credentials;
import dev.flotilla.operator.port.EnginePort;
import dev.flotilla.operator.port.EngineProfile;
import dev.flotilla.operator.port.KubeApi;
import dev.flotilla.operator.port.KubeCache;
import dev.flotilla.operator.port.Mirrored;
import dev.flotilla.operator.port.Scheduler;
import dev.flotilla.operator.port.StopSignal;
import dev.flotilla.operator.port.StoppedException;
import dev.flotilla.operator.port.Telemetry;
import dev.flotilla.operator.shell.fleet.Fleet;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.Epoch;
import dev.flotilla.topology.store.Contents;
import dev.flotilla.topology.store.Key;
import dev.flotilla.topology.store.TopologyStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/// The operator without its process: give it the ports, tell it which cluster to look at, and it
/// does one pass.
public final class Operator {

  private static final Duration AFTER_FAULT = Duration.ofSeconds(30);

  /// After it a pass is told to end. With the longest single call that is broken off by that, it
  /// has ended within a minute.
  private static final Duration LONGEST_PASS = Duration.ofSeconds(45);

  private final Leadership leadership;
  private final Pass pass;
  private final Lookout lookout;
  private final Telemetry telemetry;
  private final InstantSource clock;
  private final Scheduler scheduler;
  private final KubeCache cache;
  private final Awakener awakener;
  private final EngineWatch engines;
  private final StoreReview review;
  private final Fleet fleet;
  private final Function<ClusterRef, Optional<EnginePort.Access>> access;
  private final EnginePort engine;
  private final Tenants tenants;
  private final AtomicBoolean leads = new AtomicBoolean();

  /// Everything outside that an operator needs.
  ///
  /// @param awakener brings about passes, and ends those that run
  public record Ports(
      KubeApi kube,
      KubeCache cache,
      TopologyStore store,
      EnginePort engine,
      EngineProfile profile,
      Credentials credentials,
      Scheduler scheduler,
      InstantSource clock,
      Telemetry telemetry,
      Candidacy candidacy,
      Awakener awakener) {}

  /// What became of asking to act.
  ///
  /// @param acting the epoch that it acts under from now on, or why it does not
  /// @param again when to ask again; empty for never
  public record Turn(Reading<Epoch> acting, Optional<Duration> again) {}

  public Operator(Ports ports) {
    telemetry = ports.telemetry();
    clock = ports.clock();
    scheduler = ports.scheduler();
    cache = ports.cache();
    awakener = ports.awakener();
    leadership = leadership(ports);
    tenants = new Tenants(ports.kube(), ports.cache(), clock);
    var book = new MemberBook(ports.store(), leadership, ports.candidacy().process());
    var rosters = new Rosters(ports.kube(), book, tenants);
    fleet = new Fleet(cache, awakener::changed);
    review = new StoreReview(cache, book, rosters);
    var observer =
        new Observer(ports.cache(), book, tenants, leadership, fleet, ports.profile(), clock);
    access = observer::access;
    engine = ports.engine();
    var commits = new Commits(book, rosters);
    var executor =
        new Executor(
            ports.kube(),
            commits,
            new Drainer(engine, access, commits),
            tenants,
            ports.credentials(),
            leadership,
            telemetry,
            clock);
    engines = new EngineWatch(engine, ports.scheduler(), clock, access, awakener::changed);
    lookout = new Lookout(ports.cache(), leadership, rosters, observer, engines);
    pass =
        new Pass(
            new Pass.Crew(
                ports.kube(),
                ports.cache(),
                leadership,
                rosters,
                tenants,
                fleet,
                observer,
                executor,
                engines,
                new Announcer(telemetry),
                new StatusPace()));
  }

  private Leadership leadership(Ports ports) {
    return switch (ports.candidacy()) {
      case Candidacy.NewestStarter newest -> new NewestStarter(ports.kube(), ports.cache());
      case Candidacy.HolderOfLease lease ->
          new LeaseHolder(
              ports.store(),
              ports.kube(),
              ports.cache(),
              this::settle,
              lease,
              ports.scheduler(),
              clock,
              this::lost);
    };
  }

  private Optional<String> settle(StopSignal stop, Epoch epoch, Mirrored.Trusted trusted) {
    return review.settle(stop, epoch, trusted);
  }

  private void lost() {
    leads.set(false);
    awakener.epochChanged();
    engines.dropAll();
  }

  /// Asks to act, or to go on acting; to be called again when the answer says so.
  ///
  /// Passes that came too early did nothing and planned no further one, so each cluster gets one
  /// now. The watch cannot bring that about: to it, the new epoch is this process's own write.
  public Turn lead(StopSignal stop) {
    var turn = leadership.turn(stop);
    boolean passes = turn.acting().known().isPresent() || authority() instanceof Authority.Minding;
    if (passes && !leads.getAndSet(true)) {
      fleet.begin();
      cache.clusters().forEach(awakener::changed);
      cache.leftovers().forEach(awakener::changed);
    } else if (!passes) {
      leads.set(false);
    }
    return turn;
  }

  /// Gives up acting, so that another one need not wait; to be called when no pass runs any more.
  public void resign() {
    leadership.resign();
  }

  /// Why this operator neither acts nor stands by to take over; empty if it does one of them.
  public Optional<String> trouble() {
    return leadership.trouble();
  }

  /// Whether this operator may act at this moment.
  public Authority authority() {
    return leadership.authority();
  }

  /// Compares what is recorded with what exists and with what the engines count. May block.
  public Reading<Comparison> compare(StopSignal stop) {
    return review.compare(cluster -> ask(stop, cluster));
  }

  /// Everything that is recorded of clusters. May block.
  public Reading<Contents> contents() {
    return review.contents(clock);
  }

  /// What was put back.
  ///
  /// @param databases how many the copy knows
  /// @param written entries that were not there, or said something else
  /// @param removed entries that the copy does not have
  public record Restored(int databases, int written, int removed) {}

  /// Makes the store hold just this of clusters. To be called while operators are told not to act;
  /// they act again once a person has said what counts. May block.
  ///
  /// @param wanted entries without heads, as [#contents] gives them
  public Reading<Restored> restore(StopSignal stop, SortedMap<Key, String> wanted) {
    var epoch = leadership.held();
    return epoch.isEmpty()
        ? new Reading.Unknown<>("this operator has not been given the lease of a lasting store")
        : review.restore(stop, epoch.get(), wanted, clock.instant());
  }

  private Reading<EngineReport> ask(StopSignal stop, ClusterRef cluster) {
    tenants.refresh(stop, cluster);
    return access
        .apply(cluster)
        .map(way -> engine.observe(stop, way))
        .orElseGet(() -> new Reading.Unknown<>("no member can be reached"));
  }

  /// Shows what this operator knows.
  public Lookout lookout() {
    return lookout;
  }

  /// Does one pass over one cluster. Blocks for the duration of its writes; a cluster has one pass
  /// at a time.
  ///
  /// A fault of the operator itself ends this cluster's pass without further writes, and never
  /// reaches another cluster's. One that takes too long is broken off, and another one follows.
  ///
  /// Source: DR-3 in docs/requirements.md
  public PassEnd run(StopSignal stop, ClusterRef cluster) {
    var start = clock.instant();
    telemetry.passBegan(cluster);
    var inTime = new StopSignal();
    try (var _ = stop.onStop(() -> inTime.stop("it is to stop"));
        var _ = scheduler.after(LONGEST_PASS, () -> inTime.stop("it took too long"))) {
      var end = pass.run(inTime, cluster);
      telemetry.passEnded(cluster, "ended", Duration.between(start, clock.instant()));
      return end;
    } catch (StoppedException e) {
      telemetry.passEnded(cluster, "stopped", Duration.between(start, clock.instant()));
      return PassEnd.again(Duration.ZERO);
    } catch (RuntimeException e) {
      telemetry.passEnded(cluster, "failed", Duration.between(start, clock.instant()));
      sayFault(stop, cluster, e);
      telemetry.fault(cluster, e);
      return PassEnd.again(AFTER_FAULT);
    }
  }

  /// What is broken may well break the saying, too.
  private void sayFault(StopSignal stop, ClusterRef cluster, RuntimeException fault) {
    try {
      pass.sayFault(stop, cluster, fault);
    } catch (RuntimeException e) {
      fault.addSuppressed(e);
    }
  }
}
