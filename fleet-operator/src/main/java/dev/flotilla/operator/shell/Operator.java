package dev.flotilla.operator.shell;

import dev.flotilla.operator.core.view.Authority;
import dev.flotilla.operator.core.view.Reading;
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
import java.util.function.Consumer;

/// The operator without its process: give it the ports, tell it which cluster to look at, and it
/// does one pass.
public final class Operator {

  private static final Duration AFTER_FAULT = Duration.ofSeconds(30);

  private final Acting acting;
  private final Pass pass;
  private final Lookout lookout;
  private final Telemetry telemetry;
  private final InstantSource clock;
  private final KubeCache cache;
  private final Consumer<ClusterRef> wake;

  /// Everything outside that an operator needs.
  ///
  /// @param wake brings about a pass of a cluster soon
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
      Consumer<ClusterRef> wake) {}

  public Operator(Ports ports) {
    telemetry = ports.telemetry();
    clock = ports.clock();
    cache = ports.cache();
    wake = ports.wake();
    acting = new Acting(ports.kube(), ports.cache());
    var tenants = new Tenants(ports.kube(), ports.cache(), clock);
    var book = new MemberBook(ports.store(), acting::nextIntent);
    var rosters = new Rosters(ports.kube(), book, tenants);
    var fleet = new Fleet(ports.cache());
    var observer =
        new Observer(ports.cache(), book, tenants, acting, fleet, ports.profile(), clock);
    var executor =
        new Executor(
            ports.kube(), book, rosters, tenants, ports.credentials(), acting, telemetry, clock);
    var engines =
        new EngineWatch(ports.engine(), ports.scheduler(), clock, observer::access, ports.wake());
    lookout = new Lookout(ports.cache(), acting, rosters, observer, engines);
    pass =
        new Pass(
            new Pass.Crew(
                ports.kube(),
                ports.cache(),
                acting,
                rosters,
                tenants,
                fleet,
                observer,
                executor,
                engines,
                new Announcer(telemetry)));
  }

  /// Takes over from whoever acted before; to be called again if it gives Unknown.
  ///
  /// Passes that came too early did nothing and planned no further one, so each cluster gets one
  /// now. The watch cannot bring that about: to it, the new epoch is this process's own write.
  public Reading<Epoch> takeOver(StopSignal stop) {
    var epoch = acting.takeOver(stop);
    epoch.known().ifPresent(taken -> cache.clusters().forEach(wake));
    return epoch;
  }

  /// Whether this operator may act at this moment.
  public Authority authority() {
    return acting.authority();
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
