package dev.flotilla.operator.josdk;

import dev.flotilla.crds.v1alpha1.RawCluster;
import dev.flotilla.operator.core.plan.Wake;
import dev.flotilla.operator.port.Awakener;
import dev.flotilla.operator.port.Scheduler;
import dev.flotilla.operator.port.StopSignal;
import dev.flotilla.operator.shell.PassEnd;
import dev.flotilla.topology.model.ClusterRef;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/// Runs passes when they are due: one at a time for each cluster, many clusters beside each other,
/// by the Java Operator SDK's queue.
///
/// The SDK watches `DatabaseCluster`s, adds and removes their finalizer and keeps the timed
/// wake-ups. Everything else that changes comes in by [Awakener].
public final class PassQueue implements Awakener, AutoCloseable {

  /// Keeps a deleted `DatabaseCluster` until its pods have stopped.
  static final String FINALIZER = "flotilla.dev/stop-members";

  /// Passes at once. They wait for the API server and the store, never for a pod; for engines only
  /// half of them do.
  private static final int AT_ONCE = 32;

  private static final long PAGE = 500;
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);

  private final Operator sdk;
  private final SimpleInboundEventSource<RawCluster> wakeUps =
      new SimpleInboundEventSource<>("wake-ups");
  private final ConcurrentMap<ClusterRef, StopSignal> running = new ConcurrentHashMap<>();

  /// Set once by [#start]; nothing runs before.
  private volatile Passes passes = (stop, cluster) -> PassEnd.again(SOON);

  private volatile Predicate<ClusterRef> exists = cluster -> true;

  private final Predicate<RawCluster> fits;

  private final UnfitClusters unfit;

  /// Clusters whose resource is gone.
  private final LoneTurns departed;

  /// @param fits whether what stands in a resource fits its schema
  public PassQueue(KubernetesClient client, Scheduler scheduler, Predicate<RawCluster> fits) {
    this.fits = fits;
    departed = new LoneTurns(scheduler, this::sayFarewell);
    unfit = new UnfitClusters(scheduler, this::runAlone);
    sdk =
        new Operator(overrider ->
            overrider
                .withKubernetesClient(client)
                .withCloseClientOnStop(false)
                .checkingCRDAndValidateLocalModel(false)
                .withReconciliationTerminationTimeout(LAST_WORDS)
                .withExecutorService(
                    Executors.newFixedThreadPool(
                        AT_ONCE, Thread.ofVirtual().name("pass-", 0).factory())));
    sdk.register(new Turn(), this::configure);
  }

  private void configure(ControllerConfigurationOverrider<RawCluster> controller) {
    controller
        .withFinalizer(FINALIZER)
        .withGenericFilter(this::isForTheSdk)
        .withInformerListLimit(PAGE)
        .withItemStore(new MetadataStore())
        .withReconciliationMaxInterval(Wake.AT_LEAST)
        // A pass says itself when it is due again and never throws. What is left to be tried again
        // are the SDK's own writes of the finalizer.
        .withRetry(
            new GenericRetry()
                .setInitialInterval(500)
                .setIntervalMultiplier(2)
                .setMaxInterval(30_000)
                .withoutMaxAttempts());
  }

  /// Starts to run passes, the first one of each cluster at once.
  ///
  /// @param exists whether the cluster's resource is there, as the watches have shown
  public void start(Passes passes, Predicate<ClusterRef> exists) {
    this.passes = passes;
    this.exists = exists;
    sdk.start();
  }

  /// Ends what runs and starts nothing any more. Passes get a few seconds to come to their end.
  @Override
  public void close() {
    running.values().forEach(stop -> stop.stop("the operator is stopping"));
    sdk.stop();
  }

  @Override
  public void changed(ClusterRef cluster) {
    if (unfit.contains(cluster)) {
      unfit.wake(cluster);
    } else if (!exists.test(cluster)) {
      departed.wake(cluster);
    } else {
      wakeUps.propagateEvent(new ResourceID(cluster.name(), cluster.namespace()));
    }
  }

  private boolean isForTheSdk(RawCluster resource) {
    return ref(resource.getMetadata()).map(cluster -> isForTheSdk(cluster, resource)).orElse(true);
  }

  private boolean isForTheSdk(ClusterRef cluster, RawCluster resource) {
    if (resource.isMarkedForDeletion()
        || (fits.test(resource) && !unfit.contains(cluster, resource.getMetadata()))) {
      unfit.remove(cluster);
      return true;
    }
    unfit.add(cluster, resource.getMetadata());
    return false;
  }

  private Optional<Duration> runAlone(ClusterRef cluster) {
    if (!exists.test(cluster)) {
      unfit.remove(cluster); // the SDK tells of resources that are gone, too
      return Optional.empty();
    }
    return Turn.again(run(cluster).orElseGet(() -> PassEnd.again(SOON)));
  }

  @Override
  public void respecified(ClusterRef cluster) {
    Optional.ofNullable(running.get(cluster))
        .ifPresent(stop -> stop.stop("what is wanted of the cluster changed"));
    if (exists.test(cluster)) {
      changed(cluster);
    } else {
      unfit.remove(cluster);
      departed.wake(cluster);
    }
  }

  /// A pass over a cluster whose resource is gone, so that what was kept for it is dropped and its
  /// volumes are looked after: the SDK runs none for what does not exist.
  private Optional<Duration> sayFarewell(ClusterRef cluster) {
    return exists.test(cluster)
        ? Optional.empty()
        : Turn.again(run(cluster).orElseGet(() -> PassEnd.again(SOON)));
  }

  @Override
  public void epochChanged() {
    running.values().forEach(stop -> stop.stop("another operator started"));
  }

  /// Runs a pass; empty if one is running already.
  private Optional<PassEnd> run(ClusterRef cluster) {
    var stop = new StopSignal();
    if (running.putIfAbsent(cluster, stop) != null) {
      return Optional.empty();
    }
    try {
      return Optional.of(passes.run(stop, cluster));
    } finally {
      running.remove(cluster, stop);
    }
  }

  private static Optional<ClusterRef> ref(ObjectMeta meta) {
    try {
      return Optional.of(new ClusterRef(meta.getNamespace(), meta.getName()));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // admission refuses such names; one from before is left alone
    }
  }

  /// The SDK's side of a pass.
  @ControllerConfiguration(name = "flotilla")
  private final class Turn implements Reconciler<RawCluster>, Cleaner<RawCluster> {

    @Override
    public List<EventSource<?, RawCluster>> prepareEventSources(
        EventSourceContext<RawCluster> context) {
      return List.of(wakeUps);
    }

    @Override
    public UpdateControl<RawCluster> reconcile(RawCluster resource, Context<RawCluster> context) {
      var control = UpdateControl.<RawCluster>noUpdate();
      again(end(resource)).ifPresent(control::rescheduleAfter);
      return control;
    }

    @Override
    public DeleteControl cleanup(RawCluster resource, Context<RawCluster> context) {
      var end = end(resource);
      if (end instanceof PassEnd.Stopped) {
        return DeleteControl.defaultDelete();
      }
      var control = DeleteControl.noFinalizerRemoval();
      again(end).ifPresent(control::rescheduleAfter);
      return control;
    }

    private PassEnd end(RawCluster resource) {
      return ref(resource.getMetadata())
          .map(cluster -> run(cluster).orElseGet(() -> PassEnd.again(SOON)))
          .orElseGet(PassEnd::waiting);
    }

    private static Optional<Duration> again(PassEnd end) {
      return switch (end) {
        case PassEnd.Waiting(var again) -> again;
        // Not marked for deletion in the SDK's eyes yet; its own event will come.
        case PassEnd.Stopped stopped -> Optional.empty();
      };
    }
  }
}
