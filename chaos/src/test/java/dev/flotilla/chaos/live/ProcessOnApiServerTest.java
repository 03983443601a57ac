package dev.flotilla.chaos.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flotilla.crds.v1alpha1.DatabaseCluster;
import dev.flotilla.crds.v1alpha1.DatabasePool;
import dev.flotilla.topology.model.ClusterRef;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The whole operator on a real API server, with the rights and the namespace that `install/`
/// makes.
@Tag("control-plane")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProcessOnApiServerTest {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String RESTRICTED = "pod-security.kubernetes.io/enforce";

  private ApiWorld world;
  private Detour detour;
  private RunningOperator operator;

  @BeforeAll
  void start() throws IOException {
    world = ApiWorld.start();
    Installed.prepare(world.client);
  }

  @AfterAll
  void end() {
    world.close();
  }

  @BeforeEach
  void startOperator() throws IOException, InterruptedException {
    detour = new Detour();
    operator = new RunningOperator(world, detour).start();
  }

  @AfterEach
  void endOperator() {
    operator.close();
    detour.close();
    assertThat(operator.faults()).isEmpty();
  }

  /// The namespace of the members refuses every pod that is not restricted.
  @Test
  @Tag("S3")
  void membersRunInARestrictedNamespace() throws InterruptedException {
    var place = restricted();
    assertThatThrownBy(() -> world.client.resource(plain(place.namespace())).create())
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("violates PodSecurity");

    ready(place, 3);

    assertThat(world.pods(place)).hasSize(3).allMatch(FakeKubelets::isReady);
  }

  /// As the Deployment would make it, in the namespace that is installed.
  @Test
  @Tag("S3")
  void theOperatorsOwnPodIsAccepted() {
    var template = Installed.operator(world.client).getSpec().getTemplate();
    var pod =
        new PodBuilder()
            .withMetadata(template.getMetadata())
            .editMetadata()
            .withName("operator")
            .withNamespace(RunningOperator.NAMESPACE)
            .endMetadata()
            .withSpec(template.getSpec())
            .build();

    var made = world.client.resource(pod).create();
    world.client.resource(made).withGracePeriod(0).delete();

    assertThat(made.getMetadata().getUid()).isNotBlank();
  }

  @Test
  @Tag("D1")
  @Tag("D15")
  void aDeletedClusterLeavesItsDataAndComesBackOnIt() throws InterruptedException {
    var place = world.place();
    ready(place, 3);
    var claims = uids(world.claims(place));
    var members = uids(world.pods(place)).keySet();
    var tenant = secret(place, "search-tenant").orElseThrow();

    world.client.resources(DatabaseCluster.class).inNamespace(place.namespace()).delete();
    until(place, () -> cluster(place).isEmpty());

    assertThat(world.pods(place)).isEmpty();
    assertThat(uids(world.claims(place))).isEqualTo(claims);
    assertThat(secret(place, "search-tenant")).contains(tenant);

    ready(place, 3);

    assertThat(uids(world.pods(place)).keySet()).isEqualTo(members);
    assertThat(uids(world.claims(place))).isEqualTo(claims);
    assertThat(secret(place, "search-tenant")).contains(tenant);
  }

  @Test
  void aScaleThatSomebodyElseWroteIsTakenBack() throws InterruptedException {
    var place = world.place();
    ready(place, 3);
    var pools = world.client.resources(DatabasePool.class).inNamespace(place.namespace());

    pools.withName("search-data").scale(9);

    until(place, () -> pools.withName("search-data").get().getSpec().instances() == 3);
    assertThat(world.claims(place)).hasSize(3);
  }

  /// What cannot be read is not taken for absent: not by a running operator, and not by one that
  /// starts.
  @Test
  @Tag("PP-4")
  void anApiServerThatFailsOnPodsLosesNothing() throws IOException, InterruptedException {
    var place = world.place();
    ready(place, 3);
    var pods = uids(world.pods(place));
    var claims = uids(world.claims(place));
    long mark = world.audit.mark();

    detour.failOn(Optional.of("pods"));
    world.apply(place, 4);
    until(
        place,
        () -> world.claims(place).size() > 3 || !world.status(place).contains("Settled=TRUE"));
    try (var blind = new Detour();
        var second = new RunningOperator(world, blind)) {
      blind.failOn(Optional.of("pods"));
      assertThatThrownBy(() -> second.start(Duration.ofSeconds(5)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("Pod could not be listed");
      assertThat(blind.met).hasPositiveValue();
    }
    detour.failOn(Optional.empty());

    assertThat(uids(world.pods(place))).containsAllEntriesOf(pods);
    assertThat(uids(world.claims(place))).containsAllEntriesOf(claims);
    assertThat(world.audit.since(mark, place.namespace()))
        .filteredOn(AuditLog.Request::isByTheOperator)
        .extracting(AuditLog.Request::verb)
        .doesNotContain("delete", "deletecollection");
  }

  private ClusterRef restricted() {
    var place = world.place();
    world
        .client
        .namespaces()
        .withName(place.namespace())
        .edit(namespace -> {
          namespace.getMetadata().getLabels().put(RESTRICTED, "restricted");
          return namespace;
        });
    return place;
  }

  private static Pod plain(String namespace) {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName("plain")
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName("plain")
        .withImage("plain:1")
        .endContainer()
        .endSpec()
        .build();
  }

  /// Applies the cluster and plays the kubelets until all of it is ready.
  private void ready(ClusterRef place, int members) throws InterruptedException {
    world.apply(place, members);
    until(
        place,
        () ->
            world.pods(place).stream().filter(FakeKubelets::isReady).count() == members
                && world.status(place).contains("Settled=TRUE"));
  }

  private void until(ClusterRef place, BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    var news = new News();
    var namespace = place.namespace();
    var watches =
        List.of(
            world.client.pods().inNamespace(namespace).watch(news.watcher()),
            world
                .client
                .resources(DatabaseCluster.class)
                .inNamespace(namespace)
                .watch(news.watcher()));
    try {
      while (!condition.getAsBoolean()) {
        if (System.nanoTime() > deadline) {
          throw new AssertionError(world.picture(place));
        }
        if (!world.kubelets.turn(namespace)) {
          news.await();
        }
      }
    } finally {
      watches.forEach(Watch::close);
    }
  }

  /// That a watch has shown something.
  private static final class News {

    private final Semaphore shown = new Semaphore(0);

    private <T> Watcher<T> watcher() {
      return new Watcher<>() {
        @Override
        public void eventReceived(Action action, T object) {
          shown.release();
        }

        @Override
        public void onClose(WatcherException cause) {
          shown.release();
        }
      };
    }

    private void await() throws InterruptedException {
      if (shown.tryAcquire(1, TimeUnit.SECONDS)) {
        shown.drainPermits();
      }
    }
  }

  private Optional<DatabaseCluster> cluster(ClusterRef place) {
    return Optional.ofNullable(
        world
            .client
            .resources(DatabaseCluster.class)
            .inNamespace(place.namespace())
            .withName(place.name())
            .get());
  }

  private Optional<Map<String, String>> secret(ClusterRef place, String name) {
    return Optional.ofNullable(
            world.client.secrets().inNamespace(place.namespace()).withName(name).get())
        .map(secret -> secret.getData());
  }

  private static Map<String, String> uids(List<? extends HasMetadata> objects) {
    var uids = new TreeMap<String, String>();
    objects.forEach(
        object -> uids.put(object.getMetadata().getName(), object.getMetadata().getUid()));
    return uids;
  }
}
