package dev.flotilla.chaos.live;

import static dev.flotilla.chaos.live.ApiWorld.uids;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.topology.model.ClusterRef;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// How many members of a pool Kubernetes lets go at once, when nodes are drained or somebody evicts
/// pods by hand.
///
/// Takes more than a minute: a pool grows from one member to six, and one is evicted at each size.
@Tag("control-plane")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EvictionOnApiServerTest {

  private static final int VOTERS = 3;
  private static final int LARGEST = 6;

  private static final String CLUSTER =
      """
      apiVersion: flotilla.dev/v1alpha1
      kind: DatabaseCluster
      metadata: {name: search}
      spec:
        engine: {type: Elasticsearch, version: 9.5.3}
        topology: {zones: [a, b, c]}
        pools:
          - {name: vote, roles: [Voter], instances: 3, storage: {size: 1Gi}}
          - {name: data, roles: [Data], instances: %d, storage: {size: 1Gi}}
      """;

  private ApiWorld world;
  private DetouredOperator own;
  private ClusterRef place;

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
  @Tag("R26")
  void oneMemberOfAPoolMayGoAtEachSizeAndNoneWhileItGrows() throws InterruptedException {
    for (int size = 1; size <= LARGEST; size++) {
      world.apply(place, CLUSTER.formatted(size));
      if (size > 1) {
        // The kubelets are not played yet, so the new member is not ready.
        int grown = size;
        awaitBudget(budget -> budget.getStatus().getExpectedPods() == grown);
        assertThat(evict(ready().getFirst())).as("while it grows to %d", size).isFalse();
      }
      world.settle(place, VOTERS + size);
      assertThat(world.client.policy().v1().podDisruptionBudget().list().getItems()).hasSize(2);

      evictOneOf(size);
    }
  }

  private void evictOneOf(int size) throws InterruptedException {
    awaitBudget(budget ->
        budget.getStatus().getExpectedPods() == size
            && budget.getStatus().getDisruptionsAllowed() > 0);
    var members = members();
    var first = members.getFirst();

    assertThat(evict(first)).as("the first of %d", size).isTrue();
    for (Pod other : members.subList(1, size)) {
      assertThat(evict(other)).as("another one of %d", size).isFalse();
    }

    comeBack(first);
    world.settle(place, VOTERS + size);
    assertThat(uids(members())).containsOnlyKeys(uids(members).keySet());
  }

  /// Kubernetes counts an evicted pod out by its name, until it sees that the pod is gone or two
  /// minutes have passed. So that it does see that, the new one comes a moment later here.
  private void comeBack(Pod evicted) throws InterruptedException {
    var gone = evicted.getMetadata().getUid();
    own.detour().fail(request -> request.is("POST", "pods"));
    world.until(place, () -> !uids(members()).containsValue(gone));
    awaitBudget(budget ->
        budget.getStatus().getDisruptedPods() == null
            || budget.getStatus().getDisruptedPods().isEmpty());
    own.detour().mend();
  }

  private List<Pod> members() {
    return world.client.pods().inNamespace(place.namespace()).list().getItems().stream()
        .filter(pod -> pod.getMetadata().getLabels().get("flotilla.dev/pool").equals("data"))
        .toList();
  }

  /// Who has never been ready may always be evicted.
  private List<Pod> ready() {
    return members().stream().filter(FakeKubelets::isReady).toList();
  }

  private boolean evict(Pod pod) {
    return world.client.pods().resource(pod).evict();
  }

  /// The controller manager learns late of a kind that is as young as the pools here.
  private void awaitBudget(Predicate<PodDisruptionBudget> condition) {
    world
        .client
        .policy()
        .v1()
        .podDisruptionBudget()
        .inNamespace(place.namespace())
        .withName("search-data")
        .waitUntilCondition(
            budget -> budget != null && budget.getStatus() != null && condition.test(budget),
            150,
            TimeUnit.SECONDS);
  }
}
