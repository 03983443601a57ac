package dev.flotilla.chaos.live;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.Authority;
import dev.flotilla.operator.core.view.EngineReport;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.engine.elasticsearch.ElasticsearchProfile;
import dev.flotilla.operator.engine.elasticsearch.TenantCredentials;
import dev.flotilla.operator.kube.Fabric8KubeApi;
import dev.flotilla.operator.kube.KubeClients;
import dev.flotilla.operator.kube.watch.InformerKubeCache;
import dev.flotilla.operator.port.Awakener;
import dev.flotilla.operator.port.EnginePort;
import dev.flotilla.operator.port.StopSignal;
import dev.flotilla.operator.port.Telemetry;
import dev.flotilla.operator.shell.Operator;
import dev.flotilla.topology.memory.MemoryTopologyStore;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.MemberName;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;

/// One operator on the real API server, with the real adapters and a store of its own; only the
/// engine is fake, and passes run when the test says so.
final class LiveOperator implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ApiWorld world;
  private final ClusterRef ref;
  private final KubernetesClient client;
  private final InformerKubeCache cache;
  private final Semaphore news = new Semaphore(0);
  private final List<Runnable> turns = new ArrayList<>();
  private final List<Throwable> faults = new ArrayList<>();
  private final List<Reason> announced = new ArrayList<>();
  private final Operator operator;
  final FaultyKube kube;

  LiveOperator(ApiWorld world, ClusterRef ref) throws InterruptedException {
    this.world = world;
    this.ref = ref;
    client =
        KubeClients.connect(
            Config.fromKubeconfig(world.kubeconfig().toFile()), (verb, resource, code) -> {});
    var clock = InstantSource.system();
    var profile = new ElasticsearchProfile();
    cache = new InformerKubeCache(client, ref.namespace(), profile, new News(), clock);
    cache.start(PATIENCE);
    kube = new FaultyKube(new Fabric8KubeApi(client, cache, profile, ref.namespace(), clock));
    operator =
        new Operator(
            new Operator.Ports(
                kube,
                cache,
                new MemoryTopologyStore(),
                (stop, access) -> report(access),
                profile,
                new TenantCredentials(new SecureRandom(), clock),
                (delay, task) -> {
                  turns.add(task);
                  return () -> turns.remove(task);
                },
                clock,
                new Said(),
                cluster -> {}));
  }

  /// The engine is formed when two members are ready and stays so.
  private Reading<EngineReport> report(EnginePort.Access access) {
    var nodes =
        world.pods(access.cluster()).stream()
            .filter(FakeKubelets::isReady)
            .map(pod -> new EngineReport.Node(pod.getMetadata().getName(), "9.5.3", 1))
            .toList();
    if (nodes.size() < 2) {
      return new Reading.Unknown<>("no voter was elected");
    }
    var uuid = "engine-" + access.cluster().namespace();
    var report = new EngineReport(uuid, EngineReport.Health.GREEN, nodes);
    return new Reading.Known<>(report, InstantSource.system().instant());
  }

  LiveOperator takeOver() {
    assertKnown(operator.takeOver(new StopSignal()));
    await(() -> operator.authority() instanceof Authority.Acting);
    return this;
  }

  private static void assertKnown(Reading<?> reading) {
    if (reading instanceof Reading.Unknown<?>(var why)) {
      throw new AssertionError(why);
    }
  }

  /// One pass on what the watches have shown, after everything that was planned for later.
  void pass() {
    List.copyOf(turns)
        .forEach(turn -> {
          turns.remove(turn);
          turn.run();
        });
    operator.run(new StopSignal(), ref);
  }

  /// Waits until the watches show this cluster's pods, claims and resource as they are.
  void catchUp() {
    await(() ->
        versions(world.pods(ref)).equals(shownPods())
            && versions(world.claims(ref)).equals(shownClaims()));
  }

  private static TreeMap<String, String> versions(List<? extends HasMetadata> objects) {
    return by(
        objects, it -> it.getMetadata().getName(), it -> it.getMetadata().getResourceVersion());
  }

  private TreeMap<String, String> shownPods() {
    var shown = new TreeMap<String, String>();
    cache.pods(ref).forEach((name, pod) -> shown.put(name.value(), pod.resourceVersion()));
    return shown;
  }

  private TreeMap<String, String> shownClaims() {
    var shown = new TreeMap<String, String>();
    cache.volumes(ref).forEach((name, volume) -> shown.put(name, volume.resourceVersion()));
    return shown;
  }

  private static <T> TreeMap<String, String> by(
      List<T> all, Function<T, String> key, Function<T, String> value) {
    return all.stream().collect(Collectors.toMap(key, value, (left, right) -> right, TreeMap::new));
  }

  /// Waits for news until something holds.
  void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("the watches do not show what is there");
      }
      try {
        if (news.tryAcquire(50, TimeUnit.MILLISECONDS)) {
          news.drainPermits();
        }
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  InformerKubeCache cache() {
    return cache;
  }

  List<Throwable> faults() {
    return faults;
  }

  List<Reason> announced() {
    return announced;
  }

  /// Whether this operator sees the cluster's resource at all.
  void awaitCluster(int members) {
    await(() ->
        cache
            .cluster(ref)
            .filter(it -> it.toString().contains("instances=OptionalInt[%d]".formatted(members)))
            .isPresent());
  }

  @Override
  public void close() {
    cache.close();
    client.close();
  }

  private final class News implements Awakener {
    @Override
    public void changed(ClusterRef cluster) {
      news.release();
    }

    @Override
    public void respecified(ClusterRef cluster) {
      news.release();
    }

    @Override
    public void epochChanged() {
      news.release();
    }
  }

  private final class Said implements Telemetry {
    @Override
    public void passEnded(ClusterRef cluster, String outcome, Duration took) {}

    @Override
    public void stepEnded(ClusterRef cluster, Step step, String outcome, Duration took) {}

    @Override
    public void announce(
        ClusterRef cluster, Reason reason, Optional<MemberName> subject, String message) {
      announced.add(reason);
    }

    @Override
    public void problems(ClusterRef cluster, List<Reason> now) {}

    @Override
    public void fault(ClusterRef cluster, Throwable cause) {
      faults.add(cause);
    }
  }
}
