package dev.flotilla.chaos.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.chaos.lab.Lab;
import dev.flotilla.chaos.lab.LocalCluster;
import dev.flotilla.chaos.lab.LogEnd;
import dev.flotilla.crds.condition.Reason;
import dev.flotilla.crds.v1alpha1.DatabaseCluster;
import dev.flotilla.crds.v1alpha1.operation.DatabaseOperation;
import dev.flotilla.crds.v1alpha1.operation.DatabaseOperationStatus;
import dev.flotilla.operator.cli.CommandRun;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.net.ServerSocket;
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
/// One tenant of five members, two of them in each of two zones, is shared: the first two tests
/// leave it as it was, the third one smaller. The operator is a process of its own, which is
/// killed, and has its store in memory: whoever comes after it knows of drains what volumes say.
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
    var unmarked = since(began);
    assertThat(unmarked).isLessThan(Duration.ofSeconds(5));
    assertThat(engine.copies(victim)).as("it was in the middle").isPositive();
    until("its volume says nothing of it", () -> noted().isEmpty());
    var clean = since(began);
    assertThat(clean).isLessThan(Duration.ofSeconds(30));
    print("more members wanted in the middle of a drain", unmarked, clean);

    engine.fast();
    tenant.awaitReady(5);
    assertThat(tenant.podUids()).isEqualTo(pods);
    assertWhole();
  }

  @Test
  @Order(2)
  @Tag("ZD-4")
  void killedInTheMiddleOfADrainThatIsNotWantedAnyMoreNothingIsLeftOfIt()
      throws IOException, InterruptedException {
    engine.slow();
    tenant.edit(instances(4));
    until("a member is being emptied", () -> moving().isPresent());
    kill();
    tenant.edit(instances(5));
    assertThat(engine.names()).hasSize(1);

    long began = System.nanoTime();
    start(new Detour(world.lab.kubeconfig()));
    until("its mark is gone", () -> engine.excluded().isEmpty());
    var unmarked = since(began);
    until("its volume says nothing of it", () -> noted().isEmpty());
    print(
        "the operator killed in the middle of such a drain, from its next start",
        unmarked,
        since(began));

    engine.fast();
    tenant.awaitReady(5);
    assertWhole();
  }

  /// One member of a zone of two is kept empty by a person, so that zone has one that counts. The
  /// operator is killed once the drain is recorded, while data moves, once the pod's end was asked
  /// for, and once the mark was taken away.
  @Test
  @Order(3)
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
  @Order(4)
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
      until("every member is a new one", () -> different(before) == members);
      tenant.awaitReady(members);
      assertThat(engine.setting("search.max_buckets")).containsOnly("12345").hasSize(members);

      var changed = tenant.podUids();
      var one = changed.keySet().iterator().next();
      ask("once-more", "Restart", one);
      until("it was restarted", () -> isOver("once-more", "Restarted"));
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
  @Order(5)
  @Tag("R20")
  void nobodyIsLeftExcludedFromVoting() throws InterruptedException {
    assertThat(engine.electorate()).isEqualTo(new SlowedEngine.Electorate(3, 0));

    tenant.edit(instances(5));
    tenant.awaitReady(5);

    until("five voters decide", () -> engine.electorate().voters() == 5);
    assertThat(engine.electorate().excluded()).isZero();
    assertWhole();
  }

  /// Zones with one, two and one member, and three copies: one belongs into each zone, so the one
  /// member of a zone can never be emptied. A person asks for that by `kubectl`, asks why nothing
  /// happens, and types what is printed.
  @Test
  @Order(5)
  @Tag("UX-6")
  void whatExplainPrintsEndsADrainThatCannotBegin() throws IOException, InterruptedException {
    int port = freePort();
    kill();
    detour = new Detour(world.lab.kubeconfig());
    operator =
        ChildOperator.startOnElasticsearch(
            detour, Map.of("FLOTILLA_API_PORT", Integer.toString(port)), log);
    tenant.edit(instances(4));
    tenant.awaitReady(4);
    engine.triple("trio");
    var lonely = alone(tenant.homes());
    var zones = tenant.zones().values().stream().sorted().toList();

    ask("stuck", "Drain", lonely);
    until("it is told why", () -> told("stuck").contains("awareness says"));
    assertThat(engine.excluded()).as("nothing was touched").isEmpty();
    assertThat(noted()).as("of those that stay").doesNotContain("data-" + lonely);

    var run = new CommandRun(() -> Config.fromKubeconfig(world.lab.kubeconfig().toFile()));
    var asked = "https://localhost:" + port;
    assertThat(run.run("explain", tenant.ref().toString(), "--operator", asked))
        .as(run.err())
        .isZero();
    assertThat(run.out().replaceAll("\\s+", " "))
        .contains("DrainBlocked", "shard 0 of index trio the engine says", "awareness says")
        .contains("there are [3] copies of this shard and [3] values for attribute [zone]")
        .contains("replace-first: as many copies as now throughout");
    var command =
        run.out()
            .lines()
            .map(String::strip)
            .filter(line -> line.matches("flotilla .*replace-first"))
            .findFirst()
            .orElseThrow();
    var words = command.substring("flotilla ".length()).split(" ");
    assertThat(run.run(words)).as(command + run.err()).isZero();

    until("it has gone", () -> isOver("stuck", "Drained"));
    tenant.awaitReady(4);
    assertThat(tenant.podUids()).doesNotContainKey(lonely);
    assertThat(tenant.zones().values().stream().sorted().toList()).isEqualTo(zones);
    assertThat(engine.electorate().excluded()).isZero();
    assertWhole();
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /// Somebody who is the only member of a zone.
  private static String alone(Map<String, String> homes) {
    return homes.entrySet().stream()
        .filter(it -> homes.values().stream().filter(it.getValue()::equals).count() == 1)
        .min(Comparator.comparing((Map.Entry<String, String> it) -> it.getValue()))
        .orElseThrow()
        .getKey();
  }

  private static final String OPERATION =
      """
      apiVersion: flotilla.dev/v1alpha1
      kind: DatabaseOperation
      metadata:
        name: %s
      spec:
        clusterName: %s
        type: %s
        members: [%s]
      """;

  private void ask(String name, String type, String member) {
    world
        .client
        .resource(OPERATION.formatted(name, tenant.ref().name(), type, member))
        .inNamespace(tenant.ref().namespace())
        .create();
  }

  /// What is told of an operation; empty before anything is.
  private String told(String operation) {
    return status(operation).map(DatabaseOperationStatus::message).orElse("");
  }

  /// How many pods of that name are not the same, or away.
  private long different(Map<String, String> before) {
    var now = tenant.podUids();
    return before.entrySet().stream()
        .filter(pod -> !pod.getValue().equals(now.get(pod.getKey())))
        .count();
  }

  private boolean isOver(String operation, String outcome) {
    return status(operation).filter(it -> outcome.equals(it.outcome())).isPresent();
  }

  private Optional<DatabaseOperationStatus> status(String operation) {
    var found =
        world
            .client
            .resources(DatabaseOperation.class)
            .inNamespace(tenant.ref().namespace())
            .withName(operation)
            .get();
    return Optional.ofNullable(found.getStatus());
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

  /// As a row of `docs/benchmarks.md`.
  private void print(String what, Duration unmarked, Duration clean) {
    long began = System.nanoTime();
    var _ = engine.excluded();
    System.out.printf(
        "| %s | mark gone after %d ms, volume clean after %d ms; one request for settings takes %d ms |%n",
        what, unmarked.toMillis(), clean.toMillis(), since(began).toMillis());
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
