package dev.flotilla.operator.shell;

import dev.flotilla.operator.core.view.Authority;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.port.Awakener;
import dev.flotilla.operator.port.Credentials;
import dev.flotilla.operator.port.EnginePort;
import dev.flotilla.operator.port.EngineProfile;
import dev.flotilla.operator.port.KubeApi;
import dev.flotilla.operator.port.KubeCache;
import dev.flotilla.operator.port.Scheduler;
import dev.flotilla.operator.port.StopSignal;
import dev.flotilla.operator.port.StoppedException;
import dev.flotilla.operator.port.Telemetry;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.Epoch;
import dev.flotilla.topology.store.TopologyStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// The operator without its process: give it the ports, tell it which cluster to look at, and it
/// does one pass.
public final class Operator {

  private static final Duration AFTER_FAULT = Duration.ofSeconds(30);

  private final Leadership leadership;
  private final Pass pass;
  private final Lookout lookout;
  private final Telemetry telemetry;
  private final InstantSource clock;
  private final KubeCache cache;
  private final Awakener awakener;
  private final EngineWatch engines;
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
    cache = ports.cache();
    awakener = ports.awakener();
    leadership = leadership(ports);
    var tenants = new Tenants(ports.kube(), ports.cache(), clock);
    var book = new MemberBook(ports.store(), leadership, ports.candidacy().process());
    var rosters = new Rosters(ports.kube(), book, tenants);
    var fleet = new Fleet(ports.cache());
    var observer =
        new Observer(ports.cache(), book, tenants, leadership, fleet, ports.profile(), clock);
    var commits = new Commits(book, rosters);
    var executor =
        new Executor(
            ports.kube(),
            commits,
            new Drainer(ports.engine(), observer::access, commits),
            tenants,
            ports.credentials(),
            leadership,
            telemetry,
            clock);
    engines =
        new EngineWatch(
            ports.engine(), ports.scheduler(), clock, observer::access, awakener::changed);
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
                new Announcer(telemetry)));
  }

  private Leadership leadership(Ports ports) {
    return switch (ports.candidacy()) {
      case Candidacy.NewestStarter newest -> new NewestStarter(ports.kube(), ports.cache());
      case Candidacy.HolderOfLease lease ->
          new LeaseHolder(
              ports.store(),
              ports.kube(),
              ports.cache(),
              lease,
              ports.scheduler(),
              clock,
              this::lost);
    };
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
    boolean acts = turn.acting().known().isPresent();
    if (acts && !leads.getAndSet(true)) {
      cache.clusters().forEach(awakener::changed);
    } else if (!acts) {
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

  /// Shows what this operator knows.
  public Lookout lookout() {
    return lookout;
  }

  /// Does one pass over one cluster. Blocks for the duration of its writes; a cluster has one pass
  /// at a time.
  ///
  /// A fault of the operator itself ends this cluster's pass without further writes, and never
  /// reaches another cluster's.
  public PassEnd run(StopSignal stop, ClusterRef cluster) {
    var start = clock.instant();
    telemetry.passBegan(cluster);
    try {
      var end = pass.run(stop, cluster);
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
