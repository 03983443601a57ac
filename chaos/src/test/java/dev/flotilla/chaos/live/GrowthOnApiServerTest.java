package dev.flotilla.chaos.live;

import static dev.flotilla.chaos.live.ApiWorld.uids;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.topology.model.ClusterRef;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Volumes that shall be larger, on a real API server that says which may.
@Tag("control-plane")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GrowthOnApiServerTest {

  private static final String CLUSTER =
      """
      apiVersion: flotilla.dev/v1alpha1
      kind: DatabaseCluster
      metadata: {name: search}
      spec:
        engine: {type: Elasticsearch, version: 9.5.3}
        topology: {zones: [a, b, c]}
        pools: [{name: data, instances: %d, storage: {size: %s}}]
      """;

  private ApiWorld world;
  private DetouredOperator own;

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

  /// One member has no pod and gets none, one's pod does not end, one's crashes, and one's is not
  /// placed yet, so that its volume is not bound and cannot grow before it is.
  @Test
  @Tag("R31")
  void volumesGrowWhateverTheirPodsDo() throws InterruptedException {
    var place = world.place();
    world.apply(place, CLUSTER.formatted(3, "1Gi"));
    world.settle(place, 3);
    world.apply(place, CLUSTER.formatted(4, "1Gi"));
    awaitClaims(place, 4, "1Gi");
    var claims = uids(world.claims(place));
    own.detour().fail(request -> request.is("POST", "pods"));
    world.losePod(place, "a");
    world.client.resource(pod(place, "b")).delete();
    crash(pod(place, "c"));

    world.apply(place, CLUSTER.formatted(4, "2Gi"));
    awaitClaims(place, 3, "2Gi");
    own.detour().mend();
    world.losePod(place, "c"); // another one does not crash
    world.settle(place, 4);
    awaitClaims(place, 4, "2Gi");
    assertThat(uids(world.claims(place))).isEqualTo(claims);

    world.apply(place, CLUSTER.formatted(5, "2Gi"));
    world.settle(place, 5);
    assertThat(world.claims(place)).hasSize(5).allMatch(claim -> size(claim).equals("2Gi"));
  }

  /// A class that was changed by hand: once it lets volumes grow again, they do, and are waited for
  /// until they have.
  @Test
  @Tag("R31")
  void aClassThatForbidsItIsNamedAndAsksNobodyForAnything() throws InterruptedException {
    var place = world.place();
    world.apply(place, CLUSTER.formatted(3, "1Gi"));
    world.settle(place, 3);
    allow(false);
    long mark = world.audit.mark();

    world.apply(place, CLUSTER.formatted(3, "2Gi"));
    world.until(place, () -> world.status(place).contains("StorageBlocked"));
    assertThat(
            AuditLog.count(
                world.audit.since(mark, place.namespace()),
                request ->
                    request.isByTheOperator()
                        && request.resource().equals("persistentvolumeclaims")))
        .isEmpty();

    world.kubelets.growing(false);
    allow(true);
    awaitClaims(place, 3, "2Gi");
    world.until(place, () -> world.status(place).contains("Settled=FALSE VolumeGrowing"));
    world.kubelets.growing(true);
    world.settle(place, 3);
  }

  private void allow(boolean growth) {
    world
        .client
        .storage()
        .v1()
        .storageClasses()
        .withName("zonal")
        .edit(storageClass -> {
          storageClass.setAllowVolumeExpansion(growth);
          return storageClass;
        });
  }

  private Pod pod(ClusterRef place, String zone) {
    return world.pods(place).stream()
        .filter(pod -> ApiWorld.isIn(pod, zone))
        .findFirst()
        .orElseThrow();
  }

  private void crash(Pod pod) {
    world.kubelets.report(
        new PodBuilder(pod).editStatus().withConditions().endStatus().build(),
        FakeKubelets.waiting("engine", "example.org/engine:1", "CrashLoopBackOff"));
  }

  /// Waits without playing the kubelets.
  private void awaitClaims(ClusterRef place, int count, String size) {
    world
        .client
        .persistentVolumeClaims()
        .inNamespace(place.namespace())
        .informOnCondition(
            claims -> claims.stream().filter(claim -> size(claim).equals(size)).count() == count)
        .orTimeout(60, TimeUnit.SECONDS)
        .join();
  }

  private static String size(PersistentVolumeClaim claim) {
    Quantity size = claim.getSpec().getResources().getRequests().get("storage");
    return size.toString();
  }
}
