package dev.flotilla.chaos.live;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.Authority;
import dev.flotilla.operator.core.view.EngineReport;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.engine.elasticsearch.ElasticsearchProfile;
import dev.flotilla.operator.engine.elasticsearch.TenantCredentials;
import dev.flotilla.operator.josdk.PassQueue;
import dev.flotilla.operator.kube.Fabric8KubeApi;
import dev.flotilla.operator.kube.KubeClients;
import dev.flotilla.operator.kube.watch.InformerKubeCache;
import dev.flotilla.operator.port.EnginePort;
import dev.flotilla.operator.port.KubeApi;
import dev.flotilla.operator.port.Scheduler;
import dev.flotilla.operator.port.StopSignal;
import dev.flotilla.operator.port.Telemetry;
import dev.flotilla.operator.port.TenantSecret;
import dev.flotilla.operator.shell.Operator;
import dev.flotilla.topology.memory.MemoryTopologyStore;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.MemberName;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/// The operator as its process puts it together, with its queue and its watches, and with no other
/// rights than `install/` gives to its service account; only the engine is fake.
final class RunningOperator implements AutoCloseable {

  static final String NAMESPACE = "flotilla-system";

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final KubernetesClient client;
  private final KubeApi kube;
  private final InformerKubeCache cache;
  private final PassQueue queue;
  private final Operator operator;
  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
  private final List<Throwable> faults = new CopyOnWriteArrayList<>();

  /// What it works with besides what its process makes for itself.
  ///
  /// @param client put in the way of all of its requests
  /// @param kube put in the way of its port to Kubernetes
  record Surroundings(
      Path kubeconfig,
      UnaryOperator<KubernetesClient> client,
      UnaryOperator<KubeApi> kube,
      EnginePort engine) {}

  /// One whose engine is fake.
  ///
  /// @param detour what some of its requests meet instead of the API server
  RunningOperator(ApiWorld world, Detour detour) {
    this(
        new Surroundings(
            world.kubeconfig(),
            detour::through,
            UnaryOperator.identity(),
            (stop, access) -> report(world, access)));
  }

  RunningOperator(Surroundings surroundings) {
    var account = "system:serviceaccount:%s:operator".formatted(NAMESPACE);
    var config =
        new ConfigBuilder(Config.fromKubeconfig(surroundings.kubeconfig().toFile()))
            .withImpersonateUsername(account)
            .withImpersonateGroups("system:serviceaccounts", "system:authenticated")
            .build();
    client = surroundings.client().apply(KubeClients.connect(config, (verb, resource, code) -> {}));
    var clock = InstantSource.system();
    var profile = new ElasticsearchProfile();
    Scheduler scheduler =
        (delay, task) -> {
          var future =
              timer.schedule(
                  () -> Thread.ofVirtual().start(task), delay.toMillis(), TimeUnit.MILLISECONDS);
          return () -> future.cancel(false);
        };
    queue = new PassQueue(client, scheduler);
    cache = new InformerKubeCache(client, NAMESPACE, profile, queue, clock);
    kube = surroundings.kube().apply(new Fabric8KubeApi(client, cache, profile, NAMESPACE, clock));
    operator =
        new Operator(
            new Operator.Ports(
                kube,
                cache,
                new MemoryTopologyStore(),
                surroundings.engine(),
                profile,
                new TenantCredentials(new SecureRandom(), clock),
                scheduler,
                clock,
                new Said(),
                queue::changed));
  }

  /// Starts it as its process does.
  ///
  /// @throws IllegalStateException if something cannot be watched
  RunningOperator start(Duration limit) throws InterruptedException {
    cache.start(limit);
    queue.start(operator::run, cluster -> cache.cluster(cluster).isPresent());
    if (operator.takeOver(new StopSignal()) instanceof Reading.Unknown<?>(var why)) {
      throw new AssertionError(why);
    }
    return this;
  }

  RunningOperator start() throws InterruptedException {
    return start(PATIENCE);
  }

  /// The tenant's Secret, as this operator may read it.
  TenantSecret tenant(ClusterRef cluster) {
    return switch (kube.readTenant(new StopSignal(), cluster)) {
      case Reading.Known<Optional<TenantSecret>>(var secret, var at) -> secret.orElseThrow();
      case Reading.Unknown<Optional<TenantSecret>>(var why) -> throw new AssertionError(why);
    };
  }

  boolean acts() {
    return operator.authority() instanceof Authority.Acting;
  }

  /// Faults of the operator itself.
  List<Throwable> faults() {
    return faults;
  }

  /// The engine is formed when two members are ready and stays so.
  private static Reading<EngineReport> report(ApiWorld world, EnginePort.Access access) {
    var nodes =
        world.pods(access.cluster()).stream()
            .filter(FakeKubelets::isReady)
            .map(pod -> new EngineReport.Node(pod.getMetadata().getName(), "9.5.3", 1))
            .toList();
    if (nodes.size() < 2) {
      return new Reading.Unknown<>("no voter was elected");
    }
    var report =
        new EngineReport(
            "engine-" + access.cluster().namespace(), EngineReport.Health.GREEN, nodes);
    return new Reading.Known<>(report, InstantSource.system().instant());
  }

  @Override
  public void close() {
    queue.close();
    cache.close();
    client.close();
    timer.shutdownNow();
  }

  private final class Said implements Telemetry {

    @Override
    public void passEnded(ClusterRef cluster, String outcome, Duration took) {}

    @Override
    public void stepEnded(ClusterRef cluster, Step step, String outcome, Duration took) {}

    @Override
    public void announce(
        ClusterRef cluster, Reason reason, Optional<MemberName> subject, String message) {}

    @Override
    public void problems(ClusterRef cluster, List<Reason> now) {}

    @Override
    public void fault(ClusterRef cluster, Throwable cause) {
      faults.add(cause);
    }
  }
}
