package dev.flotilla.chaos.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.operator.app.StoreChoice;
import dev.flotilla.topology.etcd.EtcdAddress;
import dev.flotilla.topology.etcd.EtcdTopologyStore;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.Revision;
import dev.flotilla.topology.store.Change;
import dev.flotilla.topology.store.Key;
import dev.flotilla.topology.store.LeaseName;
import dev.flotilla.topology.store.StoreReading;
import dev.flotilla.topology.store.StoreWatcher;
import dev.flotilla.topology.store.TopologyStore;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Whole operators on a real API server that record their members in a real etcd: whoever holds its
/// lease acts, and nobody else.
@Tag("control-plane")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LeasedOperatorsOnApiServerTest {

  private static final Duration TAKE_OVER = Duration.ofSeconds(30);
  private static final long PATIENCE_SECONDS = 120;

  /// Either that no answer came in time or, a little later, that the connection is likely gone.
  private static final Predicate<String> STORE_IS_AWAY =
      Pattern.compile("etcd gave no answer|etcd says: UNAVAILABLE").asPredicate();

  private static final String SITE = "test";
  private static final LeaseName LEASE = LeaseName.ofSite(SITE);
  private static final String PREFIX = "/flotilla-test/";

  /// What `flotilla store resume --trust kubernetes` writes.
  private static final String WORD_OF_A_PERSON = "{\"data\": {\"trusted\": \"kubernetes\"}}";

  private ApiWorld world;

  /// The epochs under which transactions were applied, in their order.
  private final List<Long> epochs = new CopyOnWriteArrayList<>();

  private TopologyStore store;
  private TopologyStore.Registration watch;

  @BeforeAll
  void start() throws Exception {
    world = ApiWorld.start();
    store = EtcdTopologyStore.connect(etcd(world.etcd()).address(), Duration.ofSeconds(10));
    var contents = (StoreReading.Known) store.read(new Key("clusters"));
    watch = store.watch(new Key("clusters"), contents.contents().at(), new Epochs());
  }

  /// What one test's operators said counts for them alone.
  @AfterEach
  void forget() {
    storeMap().delete();
  }

  @AfterAll
  void end() {
    watch.close();
    store.close();
    world.close();
  }

  @Test
  void oneActsAndAnotherTakesOverAsSoonAsItIsGone() throws Exception {
    var place = world.place();
    long mark = world.audit.mark();
    try (var first =
            new DetouredOperator(world.kubeconfig(), () -> world.engine, etcd(world.etcd()));
        var two = new Detour(world.kubeconfig())) {
      first.start();
      world.ready(place, 3);
      assertThat(first.operator().acts()).isTrue();
      var writes = new AtomicInteger();
      two.onArrival(request -> writes.addAndGet(request.isWrite() ? 1 : 0));
      try (var second = start(two)) {
        world.ready(place, 4);
        assertThat(second.readiness()).as("a standby is healthy").isEqualTo("ok");
        assertThat(second.acts()).isFalse();
        assertThat(writes).as("writes of the standby").hasValue(0);

        long began = System.nanoTime();
        first.end();
        until(place, second::acts, Duration.ofSeconds(10), began);
        world.ready(place, 6);

        world.assertOneOfEach(place, mark, 6);
        assertThat(second.hasFailed()).isFalse();
      }
    }
  }

  @Test
  void oneThatIsKilledIsFollowedWithinThirtySeconds(@TempDir Path folder) throws Exception {
    var place = world.place();
    long mark = world.audit.mark();
    world.apply(place, 3);
    try (var one = new Detour(world.kubeconfig());
        var two = new Detour(world.kubeconfig());
        var first = startChild(one, folder)) {
      atTheSecondVolume(one, first::kill);
      long began = System.nanoTime();
      try (var second = start(two)) {
        until(place, second::acts, TAKE_OVER, began);
        world.ready(place, 3);

        world.assertOneOfEach(place, mark, 3);
        assertThat(second.hasFailed()).isFalse();
      }
    }
  }

  /// It takes as long as the pause, a minute.
  @Tag("R40")
  @Test
  void oneThatIsStoppedForAMinuteWritesNothingAfterItsSuccessor(@TempDir Path folder)
      throws Exception {
    stopFor(Duration.ofSeconds(59), folder);
  }

  /// Long after every deadline that could still run.
  @Tag("long")
  @Test
  void oneThatIsStoppedForNinetySecondsWritesNothingAfterItsSuccessor(@TempDir Path folder)
      throws Exception {
    stopFor(Duration.ofSeconds(90), folder);
  }

  /// What is done to an operator.
  @FunctionalInterface
  private interface Blow {
    void fall() throws IOException, InterruptedException;
  }

  /// Strikes while the request for a second volume is on its way, and waits for it.
  private static void atTheSecondVolume(Detour way, Blow blow) throws InterruptedException {
    var struck = new CountDownLatch(1);
    var volumes = new AtomicInteger();
    way.onArrival(request -> {
      if (request.is("POST", "persistentvolumeclaims") && volumes.incrementAndGet() == 2) {
        try {
          blow.fall();
        } catch (IOException | InterruptedException e) {
          throw new AssertionError(e);
        }
        struck.countDown();
      }
    });
    assertThat(struck.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("struck").isTrue();
  }

  /// It is stopped while the request for a second volume is on its way, with the rest of its plan
  /// ahead of it.
  private void stopFor(Duration pause, Path folder) throws Exception {
    var place = world.place();
    long mark = world.audit.mark();
    world.apply(place, 3);
    try (var one = new Detour(world.kubeconfig());
        var two = new Detour(world.kubeconfig());
        var first = startChild(one, folder)) {
      atTheSecondVolume(one, first::pause);
      long began = System.nanoTime();
      try (var second = start(two)) {
        until(place, second::acts, TAKE_OVER, began);
        world.ready(place, 3);
        world.ready(place, 5);
        long passed = System.nanoTime() - began;
        assertThat(new CountDownLatch(1).await(pause.toNanos() - passed, TimeUnit.NANOSECONDS))
            .isFalse();
        var done = world.picture(place);
        var writes = new AtomicInteger();
        one.onArrival(request -> writes.addAndGet(request.isWrite() ? 1 : 0));

        first.resume();
        world.ready(place, 6);
        world.quiet(place);

        assertThat(done).isNotEqualTo(world.picture(place));
        assertThat(writes).as("writes of the one that was stopped").hasValue(0);
        world.assertOneOfEach(place, mark, 6);
        assertThat(epochs).as("epochs of what the store took").isSorted();
        assertThat(second.hasFailed()).isFalse();
      }
    }
  }

  /// Nothing answers at its start, and later; members that run are left alone meanwhile.
  @Test
  void withoutItsStoreItWaitsAndThenGoesOn() throws Exception {
    var place = world.place();
    long mark = world.audit.mark();
    try (var way = new Detour(world.kubeconfig());
        var wedge = new Wedge(world.etcd())) {
      wedge.pause();
      world.apply(place, 3);
      try (var operator = RunningOperator.start(way, world.engine, etcd(wedge.uri()))) {
        until(place, () -> STORE_IS_AWAY.test(operator.readiness()), TAKE_OVER, System.nanoTime());
        assertThat(world.claims(place)).isEmpty();
        wedge.resume();
        world.ready(place, 3);

        wedge.pause();
        until(place, () -> !operator.acts(), TAKE_OVER, System.nanoTime());
        world.apply(place, 6);
        world.quiet(place);
        assertThat(world.claims(place)).hasSize(3);
        assertThat(operator.readiness()).matches(STORE_IS_AWAY);

        long began = System.nanoTime();
        wedge.resume();
        until(place, operator::acts, Duration.ofSeconds(60), began);
        world.ready(place, 6);
        world.assertOneOfEach(place, mark, 6);
        assertThat(operator.hasFailed()).isFalse();
      }
    }
  }

  /// Another prefix is another store: it has never heard of what acted.
  @Test
  void onAStoreThatIsOlderThanWhatHasActedNobodyActsUntilAPersonSaysSo() throws Exception {
    var place = world.place();
    try (var one = new Detour(world.kubeconfig());
        var two = new Detour(world.kubeconfig())) {
      try (var first = start(one)) {
        world.ready(place, 3);
        assertThat(first.acts()).isTrue();
      }
      var other =
          new StoreChoice.Etcd(
              new EtcdAddress(List.of(world.etcd()), "/another/", Optional.empty()), LEASE);
      try (var second = RunningOperator.start(two, world.engine, other)) {
        until(
            place,
            () -> second.readiness().contains("it was reset, restored or is another one"),
            TAKE_OVER,
            System.nanoTime());
        assertThat(second.acts()).isFalse();

        storeMap().patch(PatchContext.of(PatchType.JSON_MERGE), WORD_OF_A_PERSON);
        world.ready(place, 4);
        assertThat(second.acts()).isTrue();
      }
    }
  }

  private Resource<ConfigMap> storeMap() {
    return RunningOperator.storeMap(world.client);
  }

  private RunningOperator start(Detour detour) throws InterruptedException {
    return RunningOperator.start(detour, world.engine, etcd(world.etcd()));
  }

  private ChildOperator startChild(Detour detour, Path folder) throws IOException {
    return ChildOperator.start(
        detour,
        world.kubeconfig(),
        Map.of(
            "FLOTILLA_STORE",
            "etcd",
            "FLOTILLA_ETCD_ENDPOINTS",
            world.etcd().toString(),
            "FLOTILLA_ETCD_PREFIX",
            PREFIX,
            "FLOTILLA_SITE",
            SITE),
        folder.resolve("log"));
  }

  private static StoreChoice.Etcd etcd(URI endpoint) {
    var address = new EtcdAddress(List.of(endpoint), PREFIX, Optional.empty());
    return new StoreChoice.Etcd(address, LEASE);
  }

  private void until(ClusterRef place, BooleanSupplier condition, Duration limit, long began)
      throws InterruptedException {
    world.until(place, condition);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(limit);
  }

  /// Notes the epoch that each head was written under: its intent begins with it.
  private final class Epochs implements StoreWatcher {

    @Override
    public void changed(Revision at, List<Change> changes) {
      for (Change change : changes) {
        boolean isHead = change.key().path().matches("clusters/[^/]+/[^/]+");
        if (isHead && change instanceof Change.Put(var key, var intent)) {
          epochs.add(Long.parseLong(intent.substring(0, intent.indexOf('-'))));
        }
      }
    }

    @Override
    public void ended(Ending ending, String why) {
      throw new AssertionError(why);
    }
  }
}
