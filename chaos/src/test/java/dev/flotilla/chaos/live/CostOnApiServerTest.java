package dev.flotilla.chaos.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.chaos.live.AuditLog.Request;
import dev.flotilla.crds.v1alpha1.DatabaseCluster;
import dev.flotilla.topology.model.ClusterRef;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What changes cost a real API server, by its own audit log, with the operator's own process and
/// queue.
///
/// What is made and what is kept is written exactly as often as in memory, where `CostTest` counts.
/// What follows from the addresses and the readiness of pods is written once for all that change
/// together: there that is always all of them, here it depends on the moment, and a bound holds.
///
/// One report of a status is one request for each resource whose status differs.
///
/// Takes minutes: one of them is the rest that it is about, and each change is followed until
/// nothing happens any more.
@Tag("control-plane")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CostOnApiServerTest {

  private static final Duration REST = Duration.ofSeconds(60);

  /// Here a pod is placed, gets its address and is ready one after the other; in memory it is
  /// placed with its address, and is ready in the same turn.
  private static final int STATES_MORE = 2;

  /// The queue's own write. It comes a second time, and changes nothing, if the cluster is woken
  /// before the queue's watch has shown the first.
  private static final String FINALIZER = "patch databaseclusters";

  private static final String CLUSTER_STATUS = "patch databaseclusters/status";
  private static final String POOL_STATUS = "patch databasepools/status";

  /// Seeds, and who is told of them; who serves; what is reported; and the finalizer.
  private static final Set<String> FOLLOWING =
      Set.of(
          "patch configmaps",
          "patch pods",
          "patch endpointslices",
          CLUSTER_STATUS,
          POOL_STATUS,
          FINALIZER);

  private ApiWorld world;
  private DetouredOperator own;
  private ClusterRef place;
  private long mark;
  private Map<String, Integer> before = Map.of();

  @BeforeAll
  void start() throws IOException, InterruptedException {
    world = ApiWorld.start();
    own = DetouredOperator.on(world);
  }

  @AfterAll
  void end() throws IOException {
    try (var _ = world;
        var _ = own) {
      // ends what was started; what was not is null
    }
  }

  @BeforeEach
  void threeMembersRun() throws InterruptedException {
    place = world.place();
    world.quiet(place);
    mark();
    world.ready(place, 3);
    world.quiet(place);
  }

  @AfterEach
  void theOperatorCountsItsRequestsRight() {
    var counted = new TreeMap<>(own.operator().requests());
    before.forEach((request, count) -> counted.merge(request, -count, Integer::sum));
    counted.values().removeIf(count -> count == 0);
    counted.keySet().removeIf(request -> request.startsWith("watch "));

    assertThat(counted).isEqualTo(AuditLog.count(asked(), request -> true));
  }

  @Test
  void creatingThreeMembers() {
    assertMade(
        "create 3 members",
        Map.of(
            "create secrets", 4,
            "patch secrets", 1,
            "create databasepools", 1,
            "create services", 1,
            "create poddisruptionbudgets", 1,
            "create configmaps", 1,
            "create endpointslices", 1,
            "create persistentvolumeclaims", 3,
            "patch persistentvolumeclaims", 3,
            "create pods", 3));
    assertFollows(3, Map.of("patch configmaps", 3, "patch pods", 3, "patch endpointslices", 3), 3);
    assertThat(writes().get(FINALIZER)).isBetween(1, 2);
    assertThat(reads())
        .containsEntry("get secrets", 3) // absent; before and after it says what was formed
        .containsEntry("list pods", 1)
        .containsEntry("list persistentvolumeclaims", 1);
  }

  @Test
  void growingByThreeMembers() throws InterruptedException {
    mark();
    world.ready(place, 6);
    world.quiet(place);

    assertMade(
        "scale out by 3 members",
        Map.of(
            "patch databasepools", 1,
            "create secrets", 3,
            "create persistentvolumeclaims", 3,
            "patch persistentvolumeclaims", 3,
            "create pods", 3));
    assertFollows(3, Map.of("patch configmaps", 1, "patch pods", 3, "patch endpointslices", 2), 3);
    assertThat(reads()).isEmpty();
  }

  @Test
  void replacingALostPod() throws InterruptedException {
    mark();
    world.losePod(place, "b");
    world.until(place, () -> world.pods(place).stream().filter(FakeKubelets::isReady).count() == 3);
    world.quiet(place);

    assertMade("replace 1 lost pod", Map.of("create pods", 1));
    assertFollows(1, Map.of("patch configmaps", 2, "patch pods", 1, "patch endpointslices", 3), 3);
    assertThat(reads()).isEmpty();
  }

  /// Members are restarted for it, one after the other.
  @Test
  void changingOneSetting() throws InterruptedException {
    mark();
    world
        .client
        .resources(DatabaseCluster.class)
        .inNamespace(place.namespace())
        .withName(place.name())
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            """
            {"spec": {"engine": {"config": {"indices.recovery.max_bytes_per_sec": "20mb"}}}}\
            """);
    world.until(place, () -> world.status(place).contains("UpToDate=FALSE"));
    world.until(place, () -> world.status(place).contains("UpToDate=TRUE"));
    world.quiet(place);

    assertMade("change 1 setting of 3 members", Map.of("delete pods", 3, "create pods", 3));
    assertFollows(3, Map.of("patch configmaps", 3, "patch pods", 1, "patch endpointslices", 4), 4);
    assertThat(reads()).isEmpty();
  }

  /// Kubelets report and people look at things: nothing of it is an occasion to write or to ask.
  @Test
  @Tag("R60")
  void atRestNothingIsWrittenAndNothingIsRead() throws InterruptedException {
    mark();
    long passes = own.operator().passes();
    try (var news =
        new News(
            world.client,
            place.namespace(),
            List.of(DatabaseCluster.class, ConfigMap.class, EndpointSlice.class))) {
      touch(List.of(Pod.class, PersistentVolumeClaim.class));
      world.client.nodes().list().getItems().forEach(this::touch);

      assertThat(news.arrivesWithin(REST)).as("something is written").isFalse();
    }

    assertThat(own.operator().passes()).as("it was looked at").isGreaterThan(passes);
    assertThat(asked()).isEmpty();
    print("60 s at rest, looked at %d times".formatted(own.operator().passes() - passes));
  }

  private void touch(List<Class<? extends HasMetadata>> kinds) {
    kinds.stream()
        .flatMap(kind ->
            world.client.resources(kind).inNamespace(place.namespace()).list().getItems().stream())
        .forEach(this::touch);
  }

  private void touch(HasMetadata object) {
    world
        .client
        .resource(object)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            """
            {"metadata": {"annotations": {"example.org/looked-at": "%d"}}}\
            """
                .formatted(System.nanoTime()));
  }

  private void mark() {
    mark = world.audit.mark();
    before = own.operator().requests();
  }

  /// What the operator has asked for since the mark; watches go on and count for nothing.
  private List<Request> asked() {
    return world.audit.since(mark).stream()
        .filter(Request::isByTheOperator)
        .filter(request -> !request.verb().equals("watch"))
        .toList();
  }

  private Map<String, Integer> writes() {
    return AuditLog.count(asked(), Request::isWrite);
  }

  private Map<String, Integer> reads() {
    return AuditLog.count(asked(), request -> !request.isWrite());
  }

  private void assertMade(String change, Map<String, Integer> exactly) {
    print(change);
    var made = new TreeMap<>(writes());
    made.keySet().removeAll(FOLLOWING);

    assertThat(made).isEqualTo(exactly);
  }

  /// @param pods that the change is about
  /// @param together how often each is written when all of them change together
  /// @param reports the same of the status
  private void assertFollows(int pods, Map<String, Integer> together, int reports) {
    var bounds = new TreeMap<>(together);
    bounds.put(CLUSTER_STATUS, reports);
    bounds.put(POOL_STATUS, reports);
    var writes = writes();
    bounds.forEach((request, bound) ->
        assertThat(writes.getOrDefault(request, 0))
            .as(request)
            .isLessThanOrEqualTo(pods * (bound + STATES_MORE)));
  }

  /// As a row of `docs/benchmarks.md`.
  private void print(String change) {
    System.out.printf(
        "| %s | %d | %s | reads %s |%n",
        change, writes().values().stream().mapToInt(it -> it).sum(), writes(), reads());
  }
}
