package dev.flotilla.operator.app;

import dev.flotilla.operator.api.ReadApi;
import dev.flotilla.operator.api.ServerIdentity;
import dev.flotilla.operator.app.voter.VotingStore;
import dev.flotilla.operator.core.view.Authority;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.document.Documents;
import dev.flotilla.operator.engine.elasticsearch.ElasticsearchEngine;
import dev.flotilla.operator.engine.elasticsearch.ElasticsearchProfile;
import dev.flotilla.operator.engine.elasticsearch.TenantCredentials;
import dev.flotilla.operator.josdk.PassQueue;
import dev.flotilla.operator.kube.ApiServer;
import dev.flotilla.operator.kube.EventWriter;
import dev.flotilla.operator.kube.Fabric8KubeApi;
import dev.flotilla.operator.kube.KubeClients;
import dev.flotilla.operator.kube.Signpost;
import dev.flotilla.operator.kube.StoreMap;
import dev.flotilla.operator.kube.read.ClusterReader;
import dev.flotilla.operator.kube.watch.InformerKubeCache;
import dev.flotilla.operator.port.EnginePort;
import dev.flotilla.operator.port.LogKeys;
import dev.flotilla.operator.port.StopSignal;
import dev.flotilla.operator.port.StoppedException;
import dev.flotilla.operator.shell.Candidacy;
import dev.flotilla.operator.shell.Operator;
import dev.flotilla.raft.app.EmbeddedStore;
import dev.flotilla.topology.etcd.EtcdTopologyStore;
import dev.flotilla.topology.memory.MemoryTopologyStore;
import dev.flotilla.topology.model.Epoch;
import dev.flotilla.topology.store.LeaseName;
import dev.flotilla.topology.store.TopologyStore;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// Everything that the operator's process is made of, put together by hand.
public final class OperatorProcess implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(OperatorProcess.class);

  /// The first read of everything: a large fleet takes a while, a missing right takes for ever.
  private static final Duration FIRST_READ = Duration.ofMinutes(2);

  private static final Duration NEXT_ANNOUNCEMENT = Duration.ofSeconds(10);
  private static final Duration NEXT_TRY = Duration.ofSeconds(1);

  /// For each request to the store; the lease of 15 s leaves room for a second try.
  private static final Duration STORE_LIMIT = Duration.ofSeconds(4);

  private final VirtualScheduler scheduler;
  private final KubernetesClient client;
  private final EnginePort engine;
  private final PassQueue queue;
  private final InformerKubeCache cache;
  private final EventWriter events;
  private final Operator operator;
  private final Metrics metrics;
  private final TopologyStore store;
  private final AtomicReference<String> told = new AtomicReference<>("");
  private final AtomicBoolean passing = new AtomicBoolean();
  private final StopSignal stop = new StopSignal();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final OperatorEyes eyes;
  private final OperatorDesk desk;
  private final ServerIdentity identity;
  private final Signpost signpost;
  private volatile Optional<HttpEndpoints> endpoints = Optional.empty();
  private volatile Optional<ReadApi> api = Optional.empty();

  /// What the process finds outside itself.
  ///
  /// @param kubernetes how to reach the API server
  /// @param engine how to reach engines; closed with the process
  public record Outside(Config kubernetes, EnginePort engine) {}

  private OperatorProcess(Settings settings, Outside outside) {
    var clock = InstantSource.system();
    scheduler = new VirtualScheduler();
    metrics = new Metrics(clock);
    client = KubeClients.connect(outside.kubernetes(), metrics::kubeRequest);
    engine = outside.engine();
    var profile = new ElasticsearchProfile();
    queue = new PassQueue(client, scheduler, ClusterReader::isSound);
    cache = new InformerKubeCache(client, settings.namespace(), profile, queue, clock);
    var server = new ApiServer(client, cache, clock);
    store = store(settings, server, clock);
    events = new EventWriter(client, cache, settings.instance(), clock);
    operator =
        new Operator(
            new Operator.Ports(
                new Fabric8KubeApi(client, cache, profile, settings.namespace(), clock),
                cache,
                store,
                engine,
                profile,
                new TenantCredentials(new SecureRandom(), clock),
                scheduler,
                clock,
                new OperatorTelemetry(metrics, events::record, clock),
                candidacy(settings),
                queue));
    metrics.acting(this::isActing, this::epoch);
    identity = ServerIdentity.create(new SecureRandom(), clock.instant());
    signpost = new Signpost(client, settings.namespace(), settings.instance());
    desk = new OperatorDesk(operator, new StoreMap(server, settings.namespace()), stop);
    eyes = new OperatorEyes(operator.lookout(), new ClusterReader(profile), stop);
  }

  private TopologyStore store(Settings settings, ApiServer api, InstantSource clock) {
    return switch (settings.store()) {
      case StoreChoice.Memory memory -> new MemoryTopologyStore(System::nanoTime);
      case StoreChoice.Etcd(var address, var lease) ->
          EtcdTopologyStore.connect(address, STORE_LIMIT);
      case StoreChoice.Raft(var home, var lease) ->
          VotingStore.open(home, client, api, settings.namespace(), clock);
    };
  }

  private static Candidacy candidacy(Settings settings) {
    var random = new byte[8];
    new SecureRandom().nextBytes(random);
    var process = HexFormat.of().formatHex(random);
    return switch (settings.store()) {
      case StoreChoice.Memory memory -> new Candidacy.NewestStarter(process);
      case StoreChoice.Etcd(var address, var lease) -> holder(process, settings, lease);
      case StoreChoice.Raft(var home, var lease) -> holder(process, settings, lease);
    };
  }

  private static Candidacy holder(String process, Settings settings, LeaseName lease) {
    return new Candidacy.HolderOfLease(process, settings.instance(), lease, System::nanoTime);
  }

  /// Starts it in the cluster that the service account or the kubeconfig names, as the other
  /// `start` does.
  static OperatorProcess start(Settings settings) throws InterruptedException {
    var engine = new ElasticsearchEngine(InstantSource.system());
    return start(settings, new Outside(Config.autoConfigure(null), engine));
  }

  /// Starts everything; returns once it has asked to act. Passes run as soon as it does.
  ///
  /// @throws IllegalStateException if Kubernetes cannot be watched or the port is taken
  public static OperatorProcess start(Settings settings, Outside outside)
      throws InterruptedException {
    var process = new OperatorProcess(settings, outside);
    try {
      process.serve(settings);
      process.cache.start(FIRST_READ);
      process.lead();
      return process;
    } catch (IllegalStateException | InterruptedException e) {
      process.close();
      throw e;
    }
  }

  /// Where health and metrics are served.
  public int httpPort() {
    return endpoints.map(HttpEndpoints::port).orElseThrow();
  }

  /// Where it can be asked over HTTPS.
  public int apiPort() {
    return api.map(ReadApi::port).orElseThrow();
  }

  /// Waits until [#close].
  void awaitEnd() throws InterruptedException {
    ended.await();
  }

  @Override
  public void close() {
    stop.stop("the process is stopping");
    queue.close();
    operator.resign();
    events.close();
    cache.close();
    engine.close();
    store.close();
    client.close();
    scheduler.close();
    api.ifPresent(ReadApi::close);
    endpoints.ifPresent(HttpEndpoints::close);
    ended.countDown();
  }

  private void serve(Settings settings) {
    try {
      endpoints =
          Optional.of(
              new HttpEndpoints(
                  settings.httpPort(), this::notReady, metrics::scrape, this::voterState));
    } catch (IOException e) {
      throw taken("FLOTILLA_HTTP_PORT", settings.httpPort(), e);
    }
    try {
      api = Optional.of(new ReadApi(settings.apiPort(), identity, eyes, desk));
    } catch (IOException e) {
      throw taken("FLOTILLA_API_PORT", settings.apiPort(), e);
    }
  }

  private static IllegalStateException taken(String name, int port, IOException cause) {
    return new IllegalStateException("port %d of %s is taken".formatted(port, name), cause);
  }

  /// Asks to act, or to go on acting, as often as the operator says.
  private void lead() {
    var again = Optional.of(NEXT_TRY);
    try {
      var turn = operator.lead(stop);
      again = turn.again();
      tell(turn.acting());
    } catch (StoppedException e) {
      return;
    } catch (RuntimeException e) {
      LOG.atError().setMessage("asking to act failed").setCause(e).log();
    }
    again.ifPresent(rest -> scheduler.after(rest, this::lead));
  }

  /// Says who acts, whenever that changes.
  private void tell(Reading<Epoch> acting) {
    switch (acting) {
      case Reading.Known<Epoch>(var epoch, var at) -> {
        if (!told.getAndSet(epoch.toString()).equals(epoch.toString())) {
          LOG.atInfo()
              .setMessage("this operator acts from now on")
              .addKeyValue(LogKeys.EPOCH, epoch.value())
              .log();
          announce();
          beginPasses();
        }
      }
      case Reading.Unknown<Epoch>(var why) -> {
        if (!told.getAndSet(why).equals(why)) {
          LOG.atLevel(operator.trouble().isPresent() ? Level.WARN : Level.INFO)
              .setMessage("this operator does not act")
              .addKeyValue(LogKeys.DETAIL, why)
              .log();
          if (operator.authority() instanceof Authority.Minding) {
            announce(); // a person may want to ask it
            beginPasses();
          }
        }
      }
    }
  }

  private void beginPasses() {
    if (!passing.getAndSet(true)) {
      scheduler.after(Duration.ZERO, this::runPasses);
    }
  }

  /// Begins to run passes: not before it acts for the first time, since the SDK writes finalizers,
  /// and a standby writes nothing.
  private void runPasses() {
    try {
      queue.start(operator::run, cluster -> cache.cluster(cluster).isPresent());
    } catch (RuntimeException e) {
      LOG.atError().setMessage("passes cannot be run").setCause(e).log();
      close();
    }
  }

  /// Says how it can be asked; tried again until the API server takes it.
  private void announce() {
    signpost
        .put(identity.certificate(), identity.word())
        .ifPresent(why -> {
          LOG.atWarn()
              .setMessage("nobody can ask this operator yet")
              .addKeyValue(LogKeys.DETAIL, why)
              .log();
          scheduler.after(NEXT_ANNOUNCEMENT, this::announce);
        });
  }

  private Optional<String> notReady() {
    if (cache.fresh() instanceof Reading.Unknown<Instant>(var why)) {
      return Optional.of("what is known of Kubernetes may be old: " + why);
    }
    return operator.trouble();
  }

  /// How its voter does, as a document; empty if it has none.
  private Optional<String> voterState() {
    return store instanceof EmbeddedStore voting
        ? Optional.of(Documents.json(VotingStore.state(voting.report())))
        : Optional.empty();
  }

  private boolean acts() {
    return operator.authority() instanceof Authority.Acting;
  }

  private double isActing() {
    return acts() ? 1 : 0;
  }

  private double epoch() {
    return operator.authority() instanceof Authority.Acting(var epoch) ? epoch.value() : 0;
  }
}
