package dev.flotilla.chaos.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.chaos.lab.Lab;
import dev.flotilla.chaos.lab.LocalCluster;
import dev.flotilla.chaos.lab.LogEnd;
import dev.flotilla.crds.condition.Reason;
import dev.flotilla.crds.v1alpha1.DatabaseCluster;
import dev.flotilla.crds.v1alpha1.operation.DatabaseOperation;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Fewer members are wanted of a real Elasticsearch that holds data, on real kubelets, and then
/// other settings.
///
/// One tenant of five members, two of them in each of two zones, is shared: the first test leaves
/// it as it was, the second one smaller. The operator is a process of its own, which is killed, and
/// has its store in memory: whoever comes after it knows of drains what volumes say.
@Tag("cluster")
@ExtendWith({LocalCluster.class, Evidence.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DrainsOnClusterTest implements Evidence.Witness {

  private static final Duration PATIENCE = Duration.ofSeconds(150);
  private static final Duration LOOK = Duration.ofMillis(250);
  private static final String NOTE = "flotilla.dev/drain";

  private RealWorld world;
  private RealTenant tenant;
  private SlowedEngine engine;
  private Path log;
  private Detour detour;
  private ChildOperator operator;

  @BeforeAll
  void found(Lab lab, @TempDir Path folder) throws IOException {
    log = folder.resolve("operator.log");
    world = new RealWorld(lab);
    start(new Detour(lab.kubeconfig()));
    tenant = world.tenant("live-drains");
    tenant.create(5);
    tenant.awaitReady(5);
    tenant.store();
    engine = new SlowedEngine(tenant);
    engine.fill();
    engine.settled();
  }

  @Override
  public List<RealTenant> tenants() {
    return Stream.ofNullable(tenant).toList();
  }

  @AfterAll
  void end() throws IOException, InterruptedException {
    engine.close();
    kill();
    world.start();
    world.close();
  }

  private void start(Detour next) throws IOException {
    detour = next;
    operator = ChildOperator.startOnElasticsearch(next, log);
  }

  /// Starts one whose end will be one of its writes.
  private LastWrite start(Predicate<Detour.Request> which) throws IOException {
    var last = new LastWrite(which);
    var next = new Detour(world.lab.kubeconfig());
    last.on(next);
    start(next);
    return last;
  }

  private void kill() throws IOException {
    operator.kill();
    detour.close();
  }

  private void await(LastWrite last) throws InterruptedException {
    try {
      last.await(PATIENCE);
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "; the operator says:\n" + LogEnd.of(log), e);
    }
  }

  @Test
  @Order(1)
  @Tag("ZD-3")
  @Tag("R3")
  void raisedInTheMiddleOfADrainTheSamePodsServeAgain() throws InterruptedException {
    var pods = tenant.podUids();
    engine.slow();
    tenant.edit(instances(4));
    until("a member is being emptied", () -> moving().isPresent());
    var victim = moving().orElseThrow();

    long began = System.nanoTime();
    tenant.edit(instances(5));
    until("its mark is gone", () -> engine.excluded().isEmpty());
    assertThat(since(began)).isLessThan(Duration.ofSeconds(5));
    assertThat(engine.copies(victim)).as("it was in the middle").isPositive();
    until("its volume says nothing of it", () -> noted().isEmpty());
    assertThat(since(began)).isLessThan(Duration.ofSeconds(30));

    engine.fast();
    tenant.awaitReady(5);
    assertThat(tenant.podUids()).isEqualTo(pods);
    assertWhole();
  }

  /// One member of a zone of two is kept empty by a person, so that zone has one that counts. The
  /// operator is killed once the drain is recorded, while data moves, once the pod's end was asked
  /// for, and once the mark was taken away.
  @Test
  @Order(2)
  @Tag("ZD-4")
  @Tag("ZD-9")
  @Tag("R1")
  @Tag("R10")
  void killedAtEveryStepItGoesOnAndWhatAPersonExcludedStays()
      throws IOException, InterruptedException {
    var homes = tenant.homes();
    var theirs = inAPair(homes);
    var byHand = " gone-1 ,,%s, gone-*".formatted(theirs);
    engine.exclude(byHand);
    engine.settled();
    assertThat(engine.copies(theirs)).isZero();
    engine.slow();

    var recorded = new LastWrite(DrainsOnClusterTest::isNote);
    recorded.on(detour);
    tenant.edit(instances(3));
    await(recorded);
    kill();
    assertThat(noted()).hasSize(1);
    assertThat(engine.excluded()).isEqualTo(byHand);

    start(new Detour(world.lab.kubeconfig()));
    until("a member is being emptied", () -> moving().isPresent());
    var victim = moving().orElseThrow();
    assertThat(homes.get(victim)).isNotEqualTo(homes.get(theirs));
    kill();
    assertThat(engine.copies(victim)).as("it was in the middle").isPositive();

    var deleted = start(request -> request.is("DELETE", "pods"));
    until("its mark is still there", () -> engine.names().contains(victim));
    try (var caller = new LateCaller(tenant)) {
      engine.fast();
      await(deleted);
      until("its pod is gone", () -> !tenant.podUids().containsKey(victim));
      assertNobodyWasRefused(caller);
    }
    assertThat(engine.copies(victim)).isZero();
    assertThat(engine.names()).contains(victim);
    kill();

    var released = start(DrainsOnClusterTest::isNote);
    await(released);
    kill();
    assertThat(tenant.podUids()).doesNotContainKey(victim).hasSize(4);
    assertThat(engine.excluded()).isEqualTo(byHand);

    start(new Detour(world.lab.kubeconfig()));
    tenant.await(
        "held, because the other zones have one that counts each",
        cluster -> cluster.getStatus().members().size() == 4 && isHeld(cluster));
    assertThat(engine.excluded()).isEqualTo(byHand);
    assertThat(noted()).containsExactly("data-" + victim);

    engine.excludeNobody();
    tenant.awaitReady(3);
    assertThat(tenant.zones().values()).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(noted()).hasSize(2);
    assertThat(tenant.claims()).as("volumes are kept").hasSize(5);
    until("three voters decide", () -> engine.electorate().voters() == 3);
    assertThat(engine.electorate().excluded()).isZero();
    assertWhole();
  }

  /// The operator is killed right after it has ended the first pod.
  @Test
  @Order(3)
  @Tag("BK8-2")
  void aChangeAndARestartReachEveryMemberWhileSomebodyWrites()
      throws IOException, InterruptedException {
    var claims = tenant.volumes();
    try (var writer = new SteadyWriter(tenant);
        var caller = new LateCaller(tenant)) {
      var before = tenant.podUids();
      int members = before.size();
      kill();
      var ended = start(request -> request.is("DELETE", "pods"));
      tenant.edit(
          "[{\"op\": \"add\", \"path\": \"/spec/engine/config\","
              + " \"value\": {\"search.max_buckets\": \"12345\"}}]");
      await(ended);
      kill();
      assertThat(different(before)).as("one at a time").isLessThanOrEqualTo(1);

      start(new Detour(world.lab.kubeconfig()));
      tenant.await("every member is a new one", cluster -> different(before) == members);
      tenant.awaitReady(members);
      assertThat(engine.setting("search.max_buckets")).containsOnly("12345").hasSize(members);

      var changed = tenant.podUids();
      var one = changed.keySet().iterator().next();
      world
          .client
          .resource(RESTART.formatted(tenant.ref().name(), one))
          .inNamespace(tenant.ref().namespace())
          .create();
      until("it was restarted", () -> isOver("once-more"));
      tenant.awaitReady(members);
      assertThat(different(changed)).isEqualTo(1);
      assertThat(tenant.podUids().get(one)).isNotEqualTo(changed.get(one));

      assertNobodyWasRefused(caller);
      assertThat(writer.acknowledged()).as("written meanwhile").isGreaterThan(50);
      assertThat(writer.found()).isGreaterThanOrEqualTo(writer.acknowledged());
    }
    assertThat(tenant.volumes()).containsAllEntriesOf(claims);
    assertWhole();
  }

  /// All members vote: five did, then three, and now five do again.
  @Test
  @Order(4)
  @Tag("R20")
  void nobodyIsLeftExcludedFromVoting() throws InterruptedException {
    assertThat(engine.electorate()).isEqualTo(new SlowedEngine.Electorate(3, 0));

    tenant.edit(instances(5));
    tenant.awaitReady(5);

    until("five voters decide", () -> engine.electorate().voters() == 5);
    assertThat(engine.electorate().excluded()).isZero();
    assertWhole();
  }

  private static final String RESTART =
      """
      apiVersion: flotilla.dev/v1alpha1
      kind: DatabaseOperation
      metadata:
        name: once-more
      spec:
        clusterName: %s
        type: Restart
        members: [%s]
      """;

  /// How many pods of that name are not the same, or away.
  private long different(Map<String, String> before) {
    var now = tenant.podUids();
    return before.entrySet().stream()
        .filter(pod -> !pod.getValue().equals(now.get(pod.getKey())))
        .count();
  }

  private boolean isOver(String operation) {
    var found =
        world
            .client
            .resources(DatabaseOperation.class)
            .inNamespace(tenant.ref().namespace())
            .withName(operation)
            .get();
    return Optional.ofNullable(found.getStatus())
        .filter(status -> "Restarted".equals(status.outcome()))
        .isPresent();
  }

  private static void assertNobodyWasRefused(LateCaller caller) {
    assertThat(caller.refused()).as("refused").isEmpty();
    assertThat(caller.connected()).as("answered").isGreaterThan(20);
  }

  private void assertWhole() {
    assertThat(tenant.intact()).isEqualTo(RealTenant.stored());
    assertThat(engine.count()).isEqualTo(SlowedEngine.stored());
    assertThat(engine.excluded()).isEmpty();
  }

  /// Somebody of a zone that has two members: of the last such zone by name.
  private static String inAPair(Map<String, String> homes) {
    return homes.entrySet().stream()
        .filter(it -> homes.values().stream().filter(it.getValue()::equals).count() == 2)
        .max(Comparator.comparing((Map.Entry<String, String> it) -> it.getValue()))
        .orElseThrow()
        .getKey();
  }

  /// The member that data is being moved off, whose mark is set.
  private Optional<String> moving() {
    return engine.names().stream().filter(engine::isMovingOff).findFirst();
  }

  /// The claims that say how a drain stands.
  private List<String> noted() {
    return tenant.claims().stream()
        .map(PersistentVolumeClaim::getMetadata)
        .filter(claim -> claim.getAnnotations().containsKey(NOTE))
        .map(claim -> claim.getName())
        .toList();
  }

  private static boolean isNote(Detour.Request request) {
    return request.is("PATCH", "persistentvolumeclaims");
  }

  private static boolean isHeld(DatabaseCluster cluster) {
    return cluster.getStatus().conditions().stream()
        .anyMatch(condition ->
            condition.reason().equals(Reason.SCALE_IN_HELD.id())
                || condition.reason().equals(Reason.FOREIGN_MARK.id()));
  }

  private static Duration since(long began) {
    return Duration.ofNanos(System.nanoTime() - began);
  }

  /// Looks when something of the tenant changes, and four times a second: nobody is told by the
  /// engine.
  private void until(String what, BooleanSupplier condition) throws InterruptedException {
    long began = System.nanoTime();
    var place = tenant.ref().namespace();
    try (var news =
        new News(world.client, place, List.of(Pod.class, PersistentVolumeClaim.class))) {
      while (!condition.getAsBoolean()) {
        if (since(began).compareTo(PATIENCE) > 0) {
          throw new AssertionError("not within time: " + what);
        }
        var _ = news.arrivesWithin(LOOK);
      }
    }
  }

  private static String instances(int members) {
    return "[{\"op\": \"replace\", \"path\": \"/spec/pools/0/instances\", \"value\": %d}]"
        .formatted(members);
  }
}
