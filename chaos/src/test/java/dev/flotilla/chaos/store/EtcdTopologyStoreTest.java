package dev.flotilla.chaos.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.chaos.lab.ControlPlane;
import dev.flotilla.chaos.lab.Places;
import dev.flotilla.chaos.lab.progress.Progress;
import dev.flotilla.operator.cli.output.Terminal;
import dev.flotilla.topology.etcd.EtcdTopologyStore;
import dev.flotilla.topology.model.Epoch;
import dev.flotilla.topology.model.Revision;
import dev.flotilla.topology.store.Change;
import dev.flotilla.topology.store.CommitResult;
import dev.flotilla.topology.store.Fence;
import dev.flotilla.topology.store.IntentId;
import dev.flotilla.topology.store.Key;
import dev.flotilla.topology.store.LeaseName;
import dev.flotilla.topology.store.LeaseResult;
import dev.flotilla.topology.store.StoreReading;
import dev.flotilla.topology.store.StoreWatcher;
import dev.flotilla.topology.store.TopologyStore;
import dev.flotilla.topology.store.TopologyStoreContract;
import dev.flotilla.topology.store.Transaction;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.Watch;
import io.etcd.jetcd.options.PutOption;
import io.etcd.jetcd.watch.WatchEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The contract on a real etcd: the one of a control plane, with a prefix for each test.
@Tag("control-plane")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("RF-3")
class EtcdTopologyStoreTest extends TopologyStoreContract {

  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final List<TopologyStore> stores = new ArrayList<>();
  private ControlPlane plane;
  private String endpoint;
  private Client client;

  @BeforeAll
  void start() throws IOException {
    var places = Places.ofThisMachine(System.getenv());
    plane = ControlPlane.start(places, System.getenv(), Progress.on(System.err, Terminal.none()));
    try (var kubernetes = plane.lab().client()) {
      var server = URI.create(kubernetes.getMasterUrl().toString());
      endpoint = "http://%s:2379".formatted(server.getHost());
    }
    client = Client.builder().endpoints(endpoint).build();
  }

  @AfterAll
  void end() {
    stores.forEach(TopologyStore::close);
    client.close();
    plane.close();
  }

  @Override
  protected TopologyStore emptyStore() {
    var store =
        new EtcdTopologyStore(
            Client.builder().endpoints(endpoint).build(),
            "/flotilla-%d/".formatted(stores.size()),
            LIMIT);
    stores.add(store);
    return store;
  }

  /// A lease that is a second longer is granted and ends by etcd's clock.
  @Override
  protected void outlast(Duration time) throws InterruptedException {
    var ended = new CountDownLatch(1);
    var key = ByteSequence.from("/clock", StandardCharsets.UTF_8);
    var listener =
        Watch.listener(response ->
            response.getEvents().stream()
                .filter(event -> event.getEventType() == WatchEvent.EventType.DELETE)
                .forEach(event -> ended.countDown()));
    try (var _ = client.getWatchClient().watch(key, listener)) {
      long lease = client.getLeaseClient().grant(time.toSeconds() + 1).get().getID();
      client.getKVClient().put(key, key, PutOption.builder().withLeaseId(lease).build()).get();
      assertThat(ended.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as("it ended").isTrue();
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aWatchThatBeginsBeforeWhatIsKeptIsToldSo() throws Exception {
    var store = emptyStore();
    var key = new Key("counter");
    var first = ((CommitResult.Applied) store.commit(empty(key, Revision.NONE))).revision();
    var second = ((CommitResult.Applied) store.commit(empty(key, first))).revision();
    client.getKVClient().compact(second.value()).get();
    var ended = new LinkedBlockingQueue<StoreWatcher.Ending>();

    try (var _ = store.watch(key, Revision.NONE, ending(ended))) {
      assertThat(ended.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS))
          .isEqualTo(StoreWatcher.Ending.COMPACTED);
    }
  }

  /// Whoever wrote it may have meant one of ours, which would be missing then.
  @Test
  void anEntryWithAnIllegalNameIsNamedAndNeverLeftOut() throws Exception {
    var prefix = "/flotilla-%d/".formatted(stores.size());
    var store = emptyStore();
    put(prefix + "entries/clusters/shop/search/members/One", "v1");

    assertThat(store.read(new Key("clusters")).toString())
        .startsWith("Unknown")
        .contains("clusters/shop/search/members/One");
    assertThat(store.read(new Key("others"))).isInstanceOf(StoreReading.Known.class);
  }

  @Test
  void anEpochThatIsNoNumberGivesNobodyTheLease() throws Exception {
    var prefix = "/flotilla-%d/".formatted(stores.size());
    var store = emptyStore();
    var lease = LeaseName.ofSite("eu-1");
    put(prefix + "epochs/site/eu-1", "many");

    assertThat(store.lease(lease, "one", Duration.ofSeconds(10)))
        .isInstanceOf(LeaseResult.Unconfirmed.class);
    var fenced =
        new Transaction(
            new Key("counter"),
            Revision.NONE,
            new IntentId("fenced"),
            Optional.of(new Fence(lease, new Epoch(1))),
            new TreeMap<>(),
            List.of());
    assertThat(store.commit(fenced)).isInstanceOf(CommitResult.Unconfirmed.class);
  }

  private void put(String key, String value) throws Exception {
    client
        .getKVClient()
        .put(
            ByteSequence.from(key, StandardCharsets.UTF_8),
            ByteSequence.from(value, StandardCharsets.UTF_8))
        .get();
  }

  /// It accepts connections and says nothing.
  @Test
  void whatIsNotAnsweredIsUnknownAndUnconfirmed() throws Exception {
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var store = storeAt(silent, Duration.ofSeconds(1))) {
      var key = new Key("counter");

      assertThat(store.read(key)).isInstanceOf(StoreReading.Unknown.class);
      assertThat(store.commit(empty(key, Revision.NONE)))
          .isInstanceOf(CommitResult.Unconfirmed.class);
      assertThat(store.lease(LeaseName.ofSite("eu-1"), "one", Duration.ofSeconds(10)))
          .isInstanceOf(LeaseResult.Unconfirmed.class);
    }
  }

  @Test
  void whoeverIsInterruptedWaitsNoLonger() throws Exception {
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var store = storeAt(silent, PATIENCE.multipliedBy(10))) {
      var outcome = new CompletableFuture<String>();
      var thread =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  outcome.complete(
                      store.commit(empty(new Key("counter"), Revision.NONE)).toString());
                } catch (InterruptedException e) {
                  outcome.complete("interrupted");
                }
              });
      silent.accept().close(); // it has begun to ask
      thread.interrupt();

      assertThat(outcome.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo("interrupted");
    }
  }

  private static TopologyStore storeAt(ServerSocket server, Duration limit) {
    var endpoint = "http://127.0.0.1:%d".formatted(server.getLocalPort());
    return new EtcdTopologyStore(Client.builder().endpoints(endpoint).build(), "/flotilla/", limit);
  }

  private static Transaction empty(Key head, Revision expected) {
    return new Transaction(
        head,
        expected,
        new IntentId("after-" + expected),
        Optional.empty(),
        new TreeMap<>(),
        List.of());
  }

  private static StoreWatcher ending(Queue<StoreWatcher.Ending> ended) {
    return new StoreWatcher() {
      @Override
      public void changed(Revision at, List<Change> changes) {
        throw new AssertionError("it is told of " + at);
      }

      @Override
      public void ended(Ending ending, String why) {
        ended.add(ending);
      }
    };
  }
}
