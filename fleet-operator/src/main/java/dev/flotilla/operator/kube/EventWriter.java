package dev.flotilla.operator.kube;

import dev.flotilla.crds.condition.Attention;
import dev.flotilla.crds.condition.Reason;
import dev.flotilla.crds.v1alpha1.DatabaseCluster;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.MemberName;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes Kubernetes events beside the passes: an event that cannot be written is lost, and nobody
/// waits for it.
public final class EventWriter implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EventWriter.class);

  private static final int MAX_WAITING = 1000;
  private static final int MAX_NOTE = 1024;
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final KubernetesClient client;
  private final Sight sight;
  private final String instance;
  private final InstantSource clock;
  private final BlockingQueue<Event> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
  private final Thread writer;

  /// @param instance name of the pod that reports
  public EventWriter(KubernetesClient client, Sight sight, String instance, InstantSource clock) {
    this.client = client;
    this.sight = sight;
    this.instance = instance;
    this.clock = clock;
    writer = Thread.ofVirtual().name("flotilla-events").start(this::write);
  }

  /// Takes an event over and returns at once.
  public void record(
      ClusterRef cluster, Reason reason, Optional<MemberName> subject, String message) {
    sight.uid(cluster).ifPresent(uid -> offer(event(cluster, uid, reason, subject, message)));
  }

  @Override
  public void close() {
    writer.interrupt();
  }

  private void offer(Event event) {
    if (!waiting.offer(event)) {
      LOG.atWarn().setMessage("too many events are waiting, one is dropped").log();
    }
  }

  private void write() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        create(waiting.take());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void create(Event event) {
    try {
      client.events().v1().events().resource(event).create();
    } catch (KubernetesClientException e) {
      LOG.atWarn().setMessage("an event could not be written").setCause(e).log();
    }
  }

  private Event event(
      ClusterRef cluster, String uid, Reason reason, Optional<MemberName> subject, String message) {
    var builder =
        new EventBuilder()
            .withNewMetadata()
            .withGenerateName(cluster.name() + "-")
            .withNamespace(cluster.namespace())
            .endMetadata()
            .withType(reason.attention() == Attention.PROBLEM ? "Warning" : "Normal")
            .withReason(reason.id())
            .withAction(reason.id())
            .withNote(message.substring(0, Math.min(message.length(), MAX_NOTE)))
            .withReportingController("flotilla.dev/operator")
            .withReportingInstance(instance)
            .withEventTime(new MicroTime(MICROS.format(clock.instant())))
            .withRegarding(regarding(cluster, uid));
    subject.ifPresent(member -> builder.withRelated(pod(cluster, member)));
    return builder.build();
  }

  private static ObjectReference regarding(ClusterRef cluster, String uid) {
    return new ObjectReferenceBuilder()
        .withApiVersion(HasMetadata.getApiVersion(DatabaseCluster.class))
        .withKind(HasMetadata.getKind(DatabaseCluster.class))
        .withNamespace(cluster.namespace())
        .withName(cluster.name())
        .withUid(uid)
        .build();
  }

  private static ObjectReference pod(ClusterRef cluster, MemberName member) {
    return new ObjectReferenceBuilder()
        .withApiVersion("v1")
        .withKind("Pod")
        .withNamespace(cluster.namespace())
        .withName(member.value())
        .build();
  }
}
