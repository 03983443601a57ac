package dev.flotilla.chaos.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.chaos.lab.ConfirmedDeletion;
import dev.flotilla.crds.v1alpha1.RawCluster;
import dev.flotilla.crds.v1alpha1.fleet.FleetPolicy;
import dev.flotilla.topology.model.ClusterRef;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Databases are deleted together, and a policy on a real API server says how many may be stopped:
/// the others serve on, say why, and go when the limit is raised.
@Tag("control-plane")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MassDeletionOnApiServerTest {

  private static final String POLICY =
      """
      apiVersion: flotilla.dev/v1alpha1
      kind: FleetPolicy
      metadata: {name: default}
      spec:
        breaker: {clusters: 1}
      """;

  private static final int MEMBERS = 3;

  private ApiWorld world;
  private DetouredOperator own;
  private ClusterRef place;
  private List<ClusterRef> databases = List.of();

  @BeforeAll
  void start() throws IOException, InterruptedException {
    world = ApiWorld.start();
    own = DetouredOperator.on(world);
    place = world.place();
  }

  @AfterAll
  void end() throws IOException {
    try (var _ = world;
        var _ = own) {
      // ends what was started; what was not is null
    }
  }

  @Test
  @Tag("D12")
  void asManyAreStoppedAsThePolicyAllowsAndTheOthersServeOn() throws InterruptedException {
    world.client.resource(POLICY).create();
    databases =
        Stream.of("db1", "db2", "db3").map(it -> new ClusterRef(place.namespace(), it)).toList();
    for (ClusterRef database : databases) {
      long more = ready() + MEMBERS;
      world.apply(database, MEMBERS);
      world.until(place, () -> ready() == more);
    }
    var before = ApiWorld.uids(world.pods(place));

    ConfirmedDeletion.confirm(world.client, place.namespace());
    databases.forEach(this::delete);
    world.until(place, () -> held().size() == 2 && there().size() == 2);
    world.quiet(place);

    assertThat(there()).isEqualTo(held());
    assertThat(ready()).isEqualTo(2 * MEMBERS);
    assertThat(before).containsAllEntriesOf(ApiWorld.uids(world.pods(place)));
    assertThat(events()).isEqualTo(held());
    assertThat(own.operator().metrics().lines())
        .filteredOn(line -> line.startsWith("flotilla_cluster_problem{"))
        .hasSize(2)
        .allMatch(line -> line.contains("reason=\"BreakerOpen\""));

    allow(2);
    world.until(place, () -> there().size() == 1);
    assertThat(held()).isEqualTo(there());

    // Without a policy the built-in limits hold, which are higher.
    policies().withName(FleetPolicy.NAME).delete();
    world.until(place, () -> there().isEmpty() && world.pods(place).isEmpty());
    assertThat(world.claims(place)).hasSize(3 * MEMBERS);
  }

  private long ready() {
    return world.pods(place).stream().filter(FakeKubelets::isReady).count();
  }

  private void delete(ClusterRef database) {
    world
        .client
        .resources(RawCluster.class)
        .inNamespace(database.namespace())
        .withName(database.name())
        .delete();
  }

  /// As the way out says that is printed by `explain`.
  private void allow(int clusters) {
    policies()
        .withName(FleetPolicy.NAME)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"spec\":{\"breaker\":{\"clusters\":%d}}}".formatted(clusters));
  }

  private MixedOperation<FleetPolicy, ?, Resource<FleetPolicy>> policies() {
    return world.client.resources(FleetPolicy.class);
  }

  /// Those whose resource is there.
  private Set<String> there() {
    return world
        .client
        .resources(RawCluster.class)
        .inNamespace(place.namespace())
        .list()
        .getItems()
        .stream()
        .map(cluster -> cluster.getMetadata().getName())
        .collect(Collectors.toSet());
  }

  /// Those that say that the breaker keeps them, and have all their pods.
  private Set<String> held() {
    Map<String, Long> pods =
        world.pods(place).stream()
            .filter(FakeKubelets::isReady)
            .collect(
                Collectors.groupingBy(MassDeletionOnApiServerTest::cluster, Collectors.counting()));
    return databases.stream()
        .filter(database -> world.status(database).contains("DeletionBlocked=TRUE BreakerOpen"))
        .map(ClusterRef::name)
        .filter(name -> pods.getOrDefault(name, 0L) == MEMBERS)
        .collect(Collectors.toSet());
  }

  private static String cluster(Pod pod) {
    return pod.getMetadata().getLabels().get("flotilla.dev/cluster");
  }

  /// Those of which an event tells.
  private Set<String> events() {
    return world
        .client
        .events()
        .v1()
        .events()
        .inNamespace(place.namespace())
        .list()
        .getItems()
        .stream()
        .filter(event -> event.getReason().equals("BreakerOpen"))
        .map(event -> event.getRegarding().getName())
        .collect(Collectors.toSet());
  }
}
