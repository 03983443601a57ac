package dev.flotilla.chaos.live;

import dev.flotilla.operator.bench.Recorder;
import dev.flotilla.operator.core.view.Authority;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.engine.elasticsearch.ElasticsearchProfile;
import dev.flotilla.operator.engine.elasticsearch.TenantCredentials;
import dev.flotilla.operator.kube.Fabric8KubeApi;
import dev.flotilla.operator.kube.KubeClients;
import dev.flotilla.operator.kube.watch.InformerKubeCache;
import dev.flotilla.operator.port.Awakener;
import dev.flotilla.operator.port.Glance;
import dev.flotilla.operator.port.StopSignal;
import dev.flotilla.operator.shell.Candidacy;
import dev.flotilla.operator.shell.Operator;
import dev.flotilla.topology.memory.MemoryTopologyStore;
import dev.flotilla.topology.model.ClusterRef;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/// One operator on the real API server, with the real adapters and a store of its own; only the
/// engine is fake, and passes run when the test says so.
///
/// Its namespace is the cluster's, so that operators of other clusters do not overtake it.
final class SteppedOperator implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ApiWorld world;
  private final ClusterRef ref;
  private final KubernetesClient client;
  private final InformerKubeCache cache;
  private final Semaphore news = new Semaphore(0);
  private final List<Runnable> turns = new ArrayList<>();
  private final Operator operator;
  final FaultyKube kube;
  final Recorder said = new Recorder();

  SteppedOperator(ApiWorld world, ClusterRef ref) throws InterruptedException {
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
                new MemoryTopologyStore(System::nanoTime),
                world.engine,
                profile,
                new TenantCredentials(new SecureRandom(), clock),
                (delay, task) -> {
                  turns.add(task);
                  return () -> turns.remove(task);
                },
                clock,
                said,
                new Candidacy.NewestStarter("stepped"),
                new News()));
  }

  SteppedOperator takeOver() {
    assertKnown(operator.lead(new StopSignal()).acting());
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
    ask();
    operator.run(new StopSignal(), ref);
  }

  /// Everything that was planned for later, such as asking the engine.
  void ask() {
    List.copyOf(turns)
        .forEach(turn -> {
          turns.remove(turn);
          turn.run();
        });
  }

  /// What it sees of the cluster.
  Glance look() {
    return operator.lookout().look(ref);
  }

  /// Waits until the watches are healthy and show this cluster's pods and claims as they are now.
  void catchUp() {
    var pods = versions(world.pods(ref));
    var claims = versions(world.claims(ref));
    await(() -> isFresh() && areThere(pods, shownPods()) && areThere(claims, shownClaims()));
  }

  /// Whether what the watches show may be believed; passes do nothing while it may not.
  boolean isFresh() {
    return cache.fresh().known().isPresent();
  }

  private static Map<String, Long> versions(List<? extends HasMetadata> objects) {
    return objects.stream()
        .map(HasMetadata::getMetadata)
        .collect(Collectors.toMap(ObjectMeta::getName, meta -> number(meta.getResourceVersion())));
  }

  private Map<String, Long> shownPods() {
    var shown = new TreeMap<String, Long>();
    cache.pods(ref).forEach((name, pod) -> shown.put(name.value(), number(pod.resourceVersion())));
    return shown;
  }

  private Map<String, Long> shownClaims() {
    var shown = new TreeMap<String, Long>();
    cache.volumes(ref).forEach((name, claim) -> shown.put(name, number(claim.resourceVersion())));
    return shown;
  }

  private static long number(String resourceVersion) {
    return Long.parseLong(resourceVersion);
  }

  /// Whether a watch shows these objects and no other, each at its version or a later one.
  private static boolean areThere(Map<String, Long> objects, Map<String, Long> shown) {
    return shown.keySet().equals(objects.keySet())
        && objects.entrySet().stream().allMatch(it -> shown.get(it.getKey()) >= it.getValue());
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
}
