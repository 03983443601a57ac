package dev.flotilla.chaos.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.chaos.admission.CustomResources;
import dev.flotilla.chaos.lab.ControlPlane;
import dev.flotilla.chaos.lab.Places;
import dev.flotilla.chaos.lab.progress.Progress;
import dev.flotilla.crds.v1alpha1.RawCluster;
import dev.flotilla.crds.v1alpha1.RawPool;
import dev.flotilla.operator.cli.output.Terminal;
import dev.flotilla.operator.port.EnginePort;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.MemberRecord;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// A real API server with our custom resources, six fake nodes and a storage class. Each run of a
/// test gets a namespace of its own.
final class ApiWorld implements AutoCloseable {

  private static final String STORAGE_CLASS =
      """
      apiVersion: storage.k8s.io/v1
      kind: StorageClass
      metadata:
        name: zonal
        annotations:
          storageclass.kubernetes.io/is-default-class: "true"
      provisioner: example.org/none
      volumeBindingMode: WaitForFirstConsumer
      allowVolumeExpansion: true
      """;

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final Duration A_SECOND = Duration.ofSeconds(1);

  /// The engine is asked every two seconds while something goes on; after three times of that
  /// without any news nothing does.
  private static final Duration QUIET = Duration.ofSeconds(6);

  private static final List<Class<? extends HasMetadata>> KINDS =
      List.of(
          RawCluster.class,
          RawPool.class,
          ConfigMap.class,
          Secret.class,
          Pod.class,
          PersistentVolumeClaim.class,
          EndpointSlice.class);

  private static final String CLUSTER =
      """
      apiVersion: flotilla.dev/v1alpha1
      kind: DatabaseCluster
      metadata:
        name: %s
      spec:
        engine: {type: Elasticsearch, version: 9.5.3}
        topology: {zones: [a, b, c]}
        pools:
          - name: data
            instances: %d
            resources:
              requests: {cpu: 50m, memory: 500Mi}
            storage: {size: 1Gi}
      """;

  private final ControlPlane plane;
  final KubernetesClient client;
  final FakeKubelets kubelets;
  final AuditLog audit;
  final EnginePort engine;
  private int namespaces;

  private ApiWorld(ControlPlane plane) {
    this.plane = plane;
    client = plane.lab().client();
    kubelets = new FakeKubelets(client);
    engine = new PodsEngine(client);
    audit = new AuditLog(plane.lab().auditLog());
  }

  static ApiWorld start() throws IOException {
    return start(world -> {});
  }

  /// One in which some resources were stored before any rule existed.
  static ApiWorld startWith(Consumer<ApiWorld> stored) throws IOException {
    return start(world -> {
      CustomResources.installWithoutRules(world.client);
      stored.accept(world);
    });
  }

  private static ApiWorld start(Consumer<ApiWorld> before) throws IOException {
    var places = Places.ofThisMachine(System.getenv());
    var progress = Progress.on(System.err, Terminal.none());
    var world = new ApiWorld(ControlPlane.start(places, System.getenv(), progress));
    try {
      before.accept(world);
      Installed.prepare(world.client);
      world.client.resource(STORAGE_CLASS).create();
      world.kubelets.addNodes();
    } catch (RuntimeException | Error e) {
      world.close(); // nobody else could
      throw e;
    }
    return world;
  }

  Path kubeconfig() {
    return plane.lab().kubeconfig();
  }

  /// Where the etcd of this world listens, without TLS.
  URI etcd() {
    return URI.create("http://%s:2379".formatted(client.getMasterUrl().getHost()));
  }

  /// A namespace in which nothing has happened yet, and in it the cluster that a run is about.
  ClusterRef place() {
    var name = "run-" + ++namespaces;
    client
        .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
        .create();
    client
        .serviceAccounts()
        .inNamespace(name)
        .withName("default")
        .waitUntilCondition(account -> account != null, 30, TimeUnit.SECONDS);
    return new ClusterRef(name, "search");
  }

  /// Creates the cluster's resource or gives it another number of members.
  void apply(ClusterRef ref, int members) {
    apply(ref, manifest(ref.name(), members));
  }

  static String manifest(String name, int members) {
    return CLUSTER.formatted(name, members);
  }

  /// Applies a manifest of the cluster, in place of what was applied before.
  void apply(ClusterRef ref, String manifest) {
    client.resource(manifest).inNamespace(ref.namespace()).serverSideApply();
  }

  /// Removes a zone's first pod at once, as a forced delete does.
  void losePod(ClusterRef ref, String zone) {
    pods(ref).stream()
        .filter(pod -> isIn(pod, zone))
        .findFirst()
        .ifPresent(pod -> client.resource(pod).withGracePeriod(0).delete());
  }

  /// Whether a pod's member belongs to a zone.
  static boolean isIn(Pod pod, String zone) {
    return pod.getMetadata().getLabels().get("flotilla.dev/zone").equals(zone);
  }

  /// Calls for each pod of the cluster's namespace: for those that are there, and for new ones as
  /// soon as they are made, until the watch is closed.
  Watch onAdded(ClusterRef ref, Consumer<Pod> act) {
    return client
        .pods()
        .inNamespace(ref.namespace())
        .watch(
            new Watcher<>() {
              @Override
              public void eventReceived(Action action, Pod pod) {
                if (action == Action.ADDED) {
                  act.accept(pod);
                }
              }

              @Override
              public void onClose(WatcherException cause) {}
            });
  }

  static Map<String, String> uids(List<? extends HasMetadata> objects) {
    var uids = new TreeMap<String, String>();
    objects.forEach(
        object -> uids.put(object.getMetadata().getName(), object.getMetadata().getUid()));
    return uids;
  }

  List<Pod> pods(ClusterRef ref) {
    return client.pods().inNamespace(ref.namespace()).list().getItems();
  }

  List<PersistentVolumeClaim> claims(ClusterRef ref) {
    return client.persistentVolumeClaims().inNamespace(ref.namespace()).list().getItems();
  }

  /// What exists, without what differs from run to run.
  String picture(ClusterRef ref) {
    return new Picture(client, ref).text();
  }

  String status(ClusterRef ref) {
    return new Picture(client, ref).status();
  }

  /// Applies the cluster and plays the kubelets until all of it is ready.
  void ready(ClusterRef ref, int members) throws InterruptedException {
    apply(ref, members);
    settle(ref, members);
  }

  /// Plays the kubelets until all members are ready and the cluster says that nothing is due.
  void settle(ClusterRef ref, int members) throws InterruptedException {
    until(
        ref,
        () ->
            pods(ref).stream().filter(FakeKubelets::isReady).count() == members
                && new Picture(client, ref).isSettled());
  }

  /// Plays the kubelets until something is the case. It is asked for when a pod or the cluster's
  /// resource changes, and once a second.
  void until(ClusterRef ref, BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try (var news = new News(client, ref.namespace(), List.of(Pod.class, RawCluster.class))) {
      while (!condition.getAsBoolean()) {
        if (System.nanoTime() > deadline) {
          throw new AssertionError(picture(ref));
        }
        if (!kubelets.turn(ref.namespace())) {
          var _ = news.arrivesWithin(A_SECOND);
        }
      }
    }
  }

  /// Waits until nothing happens any more: from then on only what a test does wakes the operator.
  void quiet(ClusterRef ref) throws InterruptedException {
    try (var news = new News(client, ref.namespace(), KINDS)) {
      while (news.arrivesWithin(QUIET)) {
        // and again
      }
    }
  }

  /// Every member was made once since a moment, and none of them is another one's double.
  ///
  /// @param mark of the audit log
  void assertOneOfEach(ClusterRef place, long mark, int members) {
    assertThat(claims(place)).hasSize(members);
    assertThat(new Picture(client, place).members())
        .hasSize(members)
        .extracting(MemberRecord::slot)
        .doesNotHaveDuplicates();
    assertThat(
            AuditLog.count(
                audit.since(mark, place.namespace()), AuditLog.Request::makesOrEndsABody))
        .containsOnlyKeys("create persistentvolumeclaims", "create pods")
        .allSatisfy((kind, count) -> assertThat(count).as(kind).isEqualTo(members));
  }

  @Override
  public void close() {
    client.close();
    plane.close();
  }
}
