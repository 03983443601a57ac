package dev.flotilla.chaos.bench;

import dev.flotilla.chaos.demo.OperatorInstall;
import dev.flotilla.chaos.lab.ConfirmedDeletion;
import dev.flotilla.chaos.lab.ControlPlane;
import dev.flotilla.chaos.lab.Lab;
import dev.flotilla.chaos.lab.Places;
import dev.flotilla.chaos.lab.progress.Progress;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// What all contenders share: an API server with etcd, a controller manager whose limits are
/// raised, played nodes in three zones, the running operator, and somebody who binds pods.
///
/// Volume claims are of a class that waits for a pod's node and that nobody serves: they stay
/// pending, and no pod waits for them.
final class Ground implements AutoCloseable {

  private static final List<String> ZONES = List.of("a", "b", "c");
  private static final int NODES_IN_A_ZONE = 10;
  private static final int STATEFUL_SET_WORKERS = 16;
  private static final int WRITERS = 12;
  private static final Duration EMPTIED = Duration.ofMinutes(15);
  private static final Duration QUIET = Duration.ofSeconds(10);

  private final ControlPlane plane;
  private final Path scripts;
  private final KubernetesClient client;
  private final KubernetesClient bindings;
  private final BenchedOperator operator;
  private final Binder binder;
  private final AuditedWrites audit;
  private final Thread lastWill;

  private Ground(
      ControlPlane plane,
      Path scripts,
      Thread lastWill,
      KubernetesClient client,
      KubernetesClient bindings,
      BenchedOperator operator,
      Binder binder) {
    this.plane = plane;
    this.scripts = scripts;
    this.lastWill = lastWill;
    this.client = client;
    this.bindings = bindings;
    this.operator = operator;
    this.binder = binder;
    audit = new AuditedWrites(plane.lab().auditLog());
  }

  /// Starts everything.
  ///
  /// @param options more options for the operator's Java
  static Ground start(Progress progress, List<String> options) throws IOException {
    var places = Places.ofThisMachine(System.getenv());
    var plane = ControlPlane.start(places, System.getenv(), progress);
    // An interrupted benchmark leaves nothing behind either.
    var lastWill = Thread.ofPlatform().unstarted(plane::close);
    Runtime.getRuntime().addShutdownHook(lastWill);
    try {
      plane.raiseLimits(STATEFUL_SET_WORKERS);
      plane.playNodes(progress);
      var client = patient(plane.lab());
      var nodes = prepare(client, progress);
      var operator = BenchedOperator.start(plane.lab(), client, places.scripts(), options);
      var bindings = plane.lab().client();
      var binder = new Binder(bindings, nodes);
      return new Ground(plane, places.scripts(), lastWill, client, bindings, operator, binder);
    } catch (IOException | RuntimeException e) {
      Runtime.getRuntime().removeShutdownHook(lastWill);
      plane.close();
      throw e;
    }
  }

  /// A client that waits until many objects are deleted in one request.
  private static KubernetesClient patient(Lab lab) {
    var config = Config.fromKubeconfig(lab.kubeconfig().toFile());
    config.setRequestRetryBackoffLimit(0);
    config.setRequestTimeout((int) EMPTIED.toMillis());
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  private static Map<String, List<String>> prepare(KubernetesClient client, Progress progress) {
    var phase = progress.begin("installation");
    new OperatorInstall(client).prepare(phase);
    client
        .resource(
            new StorageClassBuilder()
                .withNewMetadata()
                .withName("nobody")
                .withAnnotations(Map.of("storageclass.kubernetes.io/is-default-class", "true"))
                .endMetadata()
                .withProvisioner("bench.example.org/nobody")
                .withVolumeBindingMode("WaitForFirstConsumer")
                .build())
        .create();
    client.resource(letAllBeRemovedAtOnce()).create();
    var nodes = new TreeMap<String, List<String>>();
    for (String zone : ZONES) {
      var names = new ArrayList<String>();
      for (int number = 1; number <= NODES_IN_A_ZONE; number++) {
        names.add(zone + number);
        register(client, zone, zone + number);
      }
      nodes.put(zone, names);
    }
    phase.done("%d nodes in %d zones".formatted(NODES_IN_A_ZONE * ZONES.size(), ZONES.size()));
    return nodes;
  }

  /// Between rounds all databases go together, which the operator would take for an accident.
  private static HasMetadata letAllBeRemovedAtOnce() {
    var policy =
        """
        apiVersion: flotilla.dev/v1alpha1
        kind: FleetPolicy
        metadata:
          name: default
        spec:
          breaker: {clusters: 100000}
        """;
    return new KubernetesSerialization().unmarshal(policy);
  }

  private static void register(KubernetesClient client, String zone, String name) {
    client
        .resource(
            new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(
                    Map.of("topology.kubernetes.io/zone", zone, "kubernetes.io/hostname", name))
                .endMetadata()
                .build())
        .create();
    // Admission marks a new node; the controller that takes the mark away does not run.
    client
        .nodes()
        .withName(name)
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\": {\"taints\": null}}");
  }

  KubernetesClient client() {
    return client;
  }

  /// Makes a namespace in which pods can be made.
  void open(String namespace) {
    client
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .create();
    client
        .serviceAccounts()
        .inNamespace(namespace)
        .withName("default")
        .waitUntilCondition(Objects::nonNull, 1, TimeUnit.MINUTES);
  }

  /// Writes the objects of many tenants, each tenant's in their order, some tenants beside each
  /// other, and waits for the pods.
  ///
  /// @param tenants a list of objects for each
  /// @param pods how many pods come of it
  Lap run(String namespace, List<List<HasMetadata>> tenants, int pods, Duration limit)
      throws InterruptedException {
    var folder = plane.lab().folder();
    var before = CpuTime.now(folder, operator.handle());
    long mark = audit.mark();
    long start = System.nanoTime();
    try (var writers =
        Executors.newFixedThreadPool(WRITERS, Thread.ofVirtual().name("writer-", 0).factory())) {
      write(writers, namespace, tenants);
    }
    var time = Duration.ofNanos(binder.await(namespace, pods, limit) - start);
    long end = audit.mark();
    var processors = CpuTime.now(folder, operator.handle()).since(before);
    double writes = (double) audit.count(mark, end, namespace) / tenants.size();
    return new Lap(pods, time, writes, processors);
  }

  private void write(ExecutorService writers, String namespace, List<List<HasMetadata>> tenants)
      throws InterruptedException {
    var written =
        tenants.stream()
            .map(objects ->
                writers.submit(() -> {
                  objects.forEach(
                      object -> client.resource(object).inNamespace(namespace).create());
                }))
            .toList();
    for (var tenant : written) {
      try {
        tenant.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("the API server refused an object", e);
      }
    }
  }

  /// Removes a namespace with everything in it, and waits until it is gone.
  void remove(String namespace) throws InterruptedException {
    // Databases first: the operator would put back what the namespace loses before them.
    var databases =
        "/apis/flotilla.dev/v1alpha1/namespaces/%s/databaseclusters".formatted(namespace);
    ConfirmedDeletion.confirm(client, namespace);
    client.raw(databases, "DELETE", Map.of());
    awaitEmpty(namespace);
    client.namespaces().withName(namespace).delete();
    client
        .namespaces()
        .withName(namespace)
        .waitUntilCondition(Objects::isNull, EMPTIED.toMinutes(), TimeUnit.MINUTES);
  }

  private void awaitEmpty(String namespace) throws InterruptedException {
    try {
      var _ =
          client
              .genericKubernetesResources("flotilla.dev/v1alpha1", "DatabaseCluster")
              .inNamespace(namespace)
              .informOnCondition(List::isEmpty)
              .get(EMPTIED.toMinutes(), TimeUnit.MINUTES);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("databases of " + namespace + " are not removed", e);
    }
  }

  /// Waits until nothing has been written in a namespace for a while.
  void awaitQuiet(String namespace) throws InterruptedException {
    long mark;
    do {
      mark = audit.mark();
      var _ = new CountDownLatch(1).await(QUIET.toMillis(), TimeUnit.MILLISECONDS);
    } while (audit.count(mark, audit.mark(), namespace) > 0);
  }

  /// Ends the operator; it is not needed any more.
  void stopOperator() {
    operator.close();
  }

  /// Where a benchmark may leave what goes with the control plane.
  Path folder() {
    return plane.lab().folder();
  }

  /// Runs a program as the operator is run, and with its account.
  ///
  /// @param java more options for its Java
  /// @param words arguments beyond those of [BenchedOperator#command]
  /// @return time from the start of its process until it said that it is done
  Duration time(Class<?> program, List<String> java, String classPath, List<String> words)
      throws IOException, InterruptedException {
    var options = new ArrayList<>(BenchedOperator.FLAGS);
    options.addAll(java);
    var command = BenchedOperator.command(program, options, classPath, plane.lab(), scripts);
    command.addAll(words);
    var log = plane.lab().logs().resolve(program.getSimpleName() + ".log");
    return TimedProcess.run(command, BenchedOperator.token(client), log);
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(lastWill);
    try (plane;
        client;
        bindings) {
      binder.close();
      operator.close();
    }
  }
}
