package dev.flotilla.chaos.live;

import dev.flotilla.chaos.demo.Tenant;
import dev.flotilla.chaos.demo.TenantClient;
import dev.flotilla.crds.v1alpha1.Condition;
import dev.flotilla.crds.v1alpha1.ConditionStatus;
import dev.flotilla.crds.v1alpha1.DatabaseCluster;
import dev.flotilla.crds.v1alpha1.DatabaseClusterStatus;
import dev.flotilla.operator.kube.read.SecretReader;
import dev.flotilla.operator.port.TenantSecret;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.MemberName;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hc.core5.http.ContentType;

/// A database with real members, as those see it who may read everything.
record RealTenant(KubernetesClient client, ClusterRef ref) {

  static final String ZONE = "topology.kubernetes.io/zone";

  private static final Duration PATIENCE = Duration.ofSeconds(180);
  private static final int DOCUMENTS = 500;

  /// Half of a member's memory is its heap.
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
              requests: {cpu: 50m, memory: 300Mi}
              limits: {memory: 520Mi}
            storage: {size: 1Gi}
      """;

  void create(int members) {
    client
        .resource(CLUSTER.formatted(ref.name(), members))
        .inNamespace(ref.namespace())
        .serverSideApply();
  }

  /// @param patch JSON patch of the resource
  void edit(String patch) {
    resource().patch(PatchContext.of(PatchType.JSON), patch);
  }

  Resource<DatabaseCluster> resource() {
    return client
        .resources(DatabaseCluster.class)
        .inNamespace(ref.namespace())
        .withName(ref.name());
  }

  /// Waits until nothing is missing and nothing is going on.
  void awaitReady(int members) {
    await(
        "Ready with %d members".formatted(members),
        cluster ->
            is(cluster, "Ready", ConditionStatus.TRUE)
                && is(cluster, "Settled", ConditionStatus.TRUE)
                && cluster.getStatus().readyInstances() == members
                && cluster.getStatus().members().size() == members);
  }

  /// Waits until the report on what is wanted now satisfies a test.
  ///
  /// @param what what is waited for
  DatabaseCluster await(String what, Predicate<DatabaseCluster> test) {
    try {
      return resource()
          .waitUntilCondition(
              found ->
                  found != null
                      && found.getStatus() != null
                      && found.getStatus().observedGeneration()
                          >= found.getMetadata().getGeneration()
                      && test.test(found),
              PATIENCE.toMillis(),
              TimeUnit.MILLISECONDS);
    } catch (KubernetesClientTimeoutException e) {
      throw new AssertionError(
          "%s is not %s:%n%s".formatted(ref, what, new Picture(client, ref).text()), e);
    }
  }

  private static boolean is(DatabaseCluster cluster, String type, ConditionStatus status) {
    return condition(cluster, type).filter(it -> it.status() == status).isPresent();
  }

  static Optional<Condition> condition(DatabaseCluster cluster, String type) {
    return cluster.getStatus().conditions().stream()
        .filter(condition -> condition.type().equals(type))
        .findFirst();
  }

  List<Condition> conditions() {
    return Optional.ofNullable(resource().get())
        .map(DatabaseCluster::getStatus)
        .map(DatabaseClusterStatus::conditions)
        .orElse(List.of());
  }

  List<Pod> pods() {
    return client
        .pods()
        .inNamespace(ref.namespace())
        .withLabel("flotilla.dev/cluster", ref.name())
        .list()
        .getItems();
  }

  List<PersistentVolumeClaim> claims() {
    return client
        .persistentVolumeClaims()
        .inNamespace(ref.namespace())
        .withLabel("flotilla.dev/cluster", ref.name())
        .list()
        .getItems();
  }

  /// The uids of its pods by name.
  Map<String, String> podUids() {
    return by(pods(), pod -> pod.getMetadata().getUid());
  }

  /// The volumes that its claims are bound to, with the claims' uids, by the claims' names.
  Map<String, String> volumes() {
    return by(
        claims(), claim -> claim.getSpec().getVolumeName() + " " + claim.getMetadata().getUid());
  }

  /// In which zone each pod runs, by name: the zone of its node, whatever the pod says.
  Map<String, String> zones() {
    Map<String, String> nodes =
        by(
            client.nodes().list().getItems(),
            (Node node) -> node.getMetadata().getLabels().getOrDefault(ZONE, "none"));
    return by(pods(), pod -> nodes.getOrDefault(pod.getSpec().getNodeName(), "no node"));
  }

  /// Its certificates and log-ins, as the operator reads them.
  TenantSecret secret() {
    var secret =
        client.secrets().inNamespace(ref.namespace()).withName(ref.name() + "-tenant").require();
    return SecretReader.tenant(secret).orElseThrow();
  }

  /// Where each member can be reached.
  SortedMap<MemberName, String> addresses() {
    var addresses = new TreeMap<MemberName, String>();
    pods()
        .forEach(pod ->
            addresses.put(new MemberName(pod.getMetadata().getName()), pod.getStatus().getPodIP()));
    return addresses;
  }

  /// Which zone each pod's member belongs to, by name.
  Map<String, String> homes() {
    return by(pods(), pod -> pod.getMetadata().getLabels().get("flotilla.dev/zone"));
  }

  private static <T extends HasMetadata> Map<String, String> by(
      List<T> objects, Function<T, String> value) {
    return objects.stream()
        .collect(
            Collectors.toMap(
                object -> object.getMetadata().getName(),
                value,
                (left, right) -> left + " and " + right,
                TreeMap::new));
  }

  /// Lets the kubelet end a pod for good, as it does with one that it evicts.
  void fail(String pod) {
    var found = client.pods().inNamespace(ref.namespace()).withName(pod);
    found.patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"activeDeadlineSeconds\":1}}");
    found.waitUntilCondition(
        it -> it != null && "Failed".equals(it.getStatus().getPhase()),
        PATIENCE.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  /// The tenant's own client.
  TenantClient connect() {
    return new Tenant(client, ref.namespace(), ref.name()).connect();
  }

  /// Stores documents, each shard of them in two zones.
  void store() {
    try (var engine = connect()) {
      engine.send(
          "PUT", "/notes", "{\"settings\": {\"number_of_shards\": 3, \"number_of_replicas\": 1}}");
      var lines =
          IntStream.range(0, DOCUMENTS)
              .mapToObj(
                  n -> "{\"index\":{\"_id\":\"%d\"}}\n{\"text\":\"note %d\"}\n".formatted(n, n))
              .collect(Collectors.joining());
      var answer =
          engine.send(
              "POST",
              "/notes/_bulk?refresh=true",
              lines.getBytes(StandardCharsets.UTF_8),
              ContentType.create("application/x-ndjson"));
      if (answer.path("errors").asBoolean(true)) {
        throw new AssertionError(answer);
      }
    }
  }

  /// Waits, in the engine itself, until every copy is where it shall be; then counts the documents
  /// whose text is what was stored.
  int intact() {
    try (var engine = connect()) {
      var health =
          engine.get(
              "/_cluster/health?wait_for_status=green&wait_for_no_relocating_shards=true"
                  + "&wait_for_events=languid&timeout=80s&wait_for_nodes="
                  + pods().size());
      if (!health.path("status").asText().equals("green")) {
        throw new AssertionError(health);
      }
      int intact = 0;
      for (var hit : engine.get("/notes/_search?size=1000").path("hits").path("hits")) {
        if (hit.at("/_source/text").asText().equals("note " + hit.path("_id").asText())) {
          intact++;
        }
      }
      return intact;
    }
  }

  static int stored() {
    return DOCUMENTS;
  }
}
