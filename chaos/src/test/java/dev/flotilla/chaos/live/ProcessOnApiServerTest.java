package dev.flotilla.chaos.live;

import static dev.flotilla.chaos.live.ApiWorld.uids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flotilla.chaos.lab.ConfirmedDeletion;
import dev.flotilla.crds.v1alpha1.DatabaseCluster;
import dev.flotilla.crds.v1alpha1.DatabasePool;
import dev.flotilla.topology.model.ClusterRef;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
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

  private static final String RESTRICTED = "pod-security.kubernetes.io/enforce";

  private static final Predicate<Detour.Request> ABOUT_PODS = request -> request.isAbout("pods");

  /// The promises are five and thirty seconds; a busy machine gets three times as long.
  private static final Duration AT_ONCE = Duration.ofSeconds(15);

  private static final Duration SOON = Duration.ofSeconds(90);

  private ApiWorld world;
  private DetouredOperator own;

  @BeforeAll
  void start() throws IOException {
    world = ApiWorld.start();
  }

  @AfterAll
  void end() {
    world.close();
  }

  @BeforeEach
  void startOperator() throws IOException, InterruptedException {
    own = DetouredOperator.on(world);
  }

  @AfterEach
  void endOperator() throws IOException {
    own.close();
  }

  /// The namespace of the members refuses every pod that is not restricted.
  @Test
  @Tag("S3")
  void membersRunInARestrictedNamespace() throws InterruptedException {
    var place = restricted();
    assertThatThrownBy(() -> world.client.resource(plain(place.namespace())).create())
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("violates PodSecurity");

    world.ready(place, 3);

    assertThat(world.pods(place)).hasSize(3).allMatch(FakeKubelets::isReady);
  }

  /// As the Deployment would make it, in the namespace that is installed.
  @Test
  @Tag("S3")
  void theOperatorsOwnPodIsAccepted() {
    var made = world.client.resource(Installed.operatorsPod(world.client)).create();
    world.client.resource(made).withGracePeriod(0).delete();

    assertThat(made.getMetadata().getUid()).isNotBlank();
  }

  @Test
  @Tag("D1")
  @Tag("D15")
  void aDeletedClusterLeavesItsDataAndComesBackOnIt() throws InterruptedException {
    var place = world.place();
    world.ready(place, 3);
    var claims = uids(world.claims(place));
    var members = uids(world.pods(place)).keySet();
    var tenant = secret(place, "search-tenant").orElseThrow();

    ConfirmedDeletion.confirm(world.client, place.namespace());
    world.client.resources(DatabaseCluster.class).inNamespace(place.namespace()).delete();
    world.until(place, () -> cluster(place).isEmpty());

    assertThat(world.pods(place)).isEmpty();
    assertThat(uids(world.claims(place))).isEqualTo(claims);
    assertThat(secret(place, "search-tenant")).contains(tenant);

    world.ready(place, 3);

    assertThat(uids(world.pods(place)).keySet()).isEqualTo(members);
    assertThat(uids(world.claims(place))).isEqualTo(claims);
    assertThat(secret(place, "search-tenant")).contains(tenant);
  }

  @Test
  void aScaleThatSomebodyElseWroteIsTakenBack() throws InterruptedException {
    var place = world.place();
    world.ready(place, 3);
    var pools = world.client.resources(DatabasePool.class).inNamespace(place.namespace());

    pools.withName("search-data").scale(9);

    world.until(place, () -> pools.withName("search-data").get().getSpec().instances() == 3);
    assertThat(world.claims(place)).hasSize(3);
  }

  @Test
  @Tag("PP-1")
  void aLostPodIsAskedForAgainAtOnceOnTheSameVolume() throws Exception {
    var place = world.place();
    world.ready(place, 3);
    world.quiet(place);

    assertComesBack(place, AT_ONCE, () -> {});
  }

  /// A new operator knows what the old one knew.
  @Test
  @Tag("PP-1")
  void aPodThatIsLostTogetherWithTheOperatorIsAskedForAgain() throws Exception {
    var place = world.place();
    world.ready(place, 3);

    assertComesBack(
        place,
        SOON,
        () -> {
          own.close();
          own.start();
        });
  }

  /// Once, one that found a database at rest looked at it when it started and never again.
  @Test
  @Tag("PP-1")
  void anOperatorThatHasStartedAnewKeepsLooking() throws Exception {
    var place = world.place();
    world.ready(place, 3);
    own.close();
    own.start();
    world.until(place, () -> own.operator().passes() > 1);
    world.settle(place, 3);

    assertComesBack(place, AT_ONCE, () -> {});
  }

  /// What goes on while a pod is lost.
  @FunctionalInterface
  private interface Meanwhile {
    void happens() throws Exception;
  }

  private void assertComesBack(ClusterRef place, Duration limit, Meanwhile meanwhile)
      throws Exception {
    var claims = uids(world.claims(place));
    var pods = uids(world.pods(place));
    var asked = new LinkedBlockingQueue<Pod>();
    try (var _ = world.onAdded(place, asked::add)) {
      world.losePod(place, "b");
      long lost = System.nanoTime();
      meanwhile.happens();

      var again = asked.poll();
      while (again == null || pods.containsValue(again.getMetadata().getUid())) {
        long rest = limit.toNanos() - (System.nanoTime() - lost);
        again = asked.poll(rest, TimeUnit.NANOSECONDS);
        assertThat(again).as("asked for again within %s", limit).isNotNull();
      }

      assertThat(pods).containsKey(again.getMetadata().getName());
      assertThat(claimOf(again)).isIn(claims.keySet()).contains(again.getMetadata().getName());
    }
    assertThat(uids(world.claims(place))).isEqualTo(claims);
  }

  private static String claimOf(Pod pod) {
    return pod.getSpec().getVolumes().stream()
        .filter(volume -> volume.getPersistentVolumeClaim() != null)
        .map(volume -> volume.getPersistentVolumeClaim().getClaimName())
        .findFirst()
        .orElseThrow();
  }

  /// What cannot be read is not taken for absent.
  @Test
  @Tag("PP-4")
  void whilePodsCannotBeReadNothingIsMadeAndNothingIsEnded() throws InterruptedException {
    var place = world.place();
    world.ready(place, 3);
    var pods = uids(world.pods(place));
    var claims = uids(world.claims(place));
    long mark = world.audit.mark();

    own.detour().fail(ABOUT_PODS);
    world.until(place, () -> own.operator().readiness().contains("the watch of Pod is broken"));
    world.losePod(place, "b");
    world.apply(place, 4);
    world.until(place, () -> settled(place).contains("the watch of Pod is broken"));

    assertThat(uids(world.claims(place))).isEqualTo(claims);
    assertThat(bodies(place, mark)).isEmpty();

    own.detour().mend();
    world.ready(place, 4);

    assertThat(uids(world.claims(place))).hasSize(4).containsAllEntriesOf(claims);
    assertThat(uids(world.pods(place)))
        .hasSize(4)
        .containsKeys(pods.keySet().toArray(String[]::new));
  }

  /// Why it is not settled.
  private String settled(ClusterRef place) {
    return cluster(place).orElseThrow().getStatus().conditions().stream()
        .filter(condition -> condition.type().equals("Settled"))
        .map(condition -> condition.message())
        .findFirst()
        .orElseThrow();
  }

  private Map<String, Integer> bodies(ClusterRef place, long mark) {
    return AuditLog.count(
        world.audit.since(mark, place.namespace()),
        request -> request.isByTheOperator() && request.makesOrEndsABody());
  }

  /// Not even if it is all that an operator which starts gets to hear.
  @Test
  @Tag("PP-4")
  void anOperatorThatCannotReadPodsDoesNotBegin() throws Exception {
    var place = world.place();
    world.ready(place, 3);
    var pods = uids(world.pods(place));
    var claims = uids(world.claims(place));
    var tries = new CountDownLatch(3);
    try (var blind = new Detour(world.kubeconfig());
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      blind.fail(ABOUT_PODS);
      blind.onArrival(request -> {
        if (ABOUT_PODS.test(request)) {
          tries.countDown();
        }
      });
      var starting = threads.submit(() -> RunningOperator.start(blind, world.engine));

      assertThat(tries.await(30, TimeUnit.SECONDS)).as("it tries again and again").isTrue();
      assertThat(starting).isNotDone();
      assertThat(own.operator().readiness()).as("nobody has taken over").isEqualTo("ok");

      blind.mend();
      try (var second = starting.get(60, TimeUnit.SECONDS)) {
        world.until(place, () -> second.readiness().equals("ok"));
        world.ready(place, 3);
      }
    }
    assertThat(uids(world.pods(place))).isEqualTo(pods);
    assertThat(uids(world.claims(place))).isEqualTo(claims);
  }

  @Test
  @Tag("PP-4")
  void whilePodsCannotBeWrittenNoMemberIsDoubled() throws InterruptedException {
    var place = world.place();
    world.ready(place, 3);
    var pods = uids(world.pods(place));
    var claims = uids(world.claims(place));
    long mark = world.audit.mark();
    var tries = new CountDownLatch(2);
    own.detour().fail(request -> ABOUT_PODS.test(request) && request.isWrite());
    own.detour()
        .onArrival(request -> {
          if (ABOUT_PODS.test(request) && request.isWrite()) {
            tries.countDown();
          }
        });

    world.losePod(place, "b");
    assertThat(tries.await(30, TimeUnit.SECONDS)).as("it tries again").isTrue();
    own.detour().mend();
    world.ready(place, 3);

    assertThat(uids(world.pods(place))).containsOnlyKeys(pods.keySet());
    assertThat(uids(world.claims(place))).isEqualTo(claims);
    assertThat(bodies(place, mark)).isEqualTo(Map.of("create pods", 1));
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
}
