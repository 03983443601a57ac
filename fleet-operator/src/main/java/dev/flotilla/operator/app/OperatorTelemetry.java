package dev.flotilla.operator.app;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.port.LogKeys;
import dev.flotilla.operator.port.Telemetry;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.MemberName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says what the operator does, in three places at once: a log line, a number and, where people
/// want to know, an event.
final class OperatorTelemetry implements Telemetry {

  private static final Logger LOG = LoggerFactory.getLogger("dev.flotilla.operator");

  private final Metrics metrics;
  private final Events events;
  private final SortedMap<ClusterRef, List<Reason>> problems = new ConcurrentSkipListMap<>();

  /// Passes end at the same time; what is drawn last has to be what was read last.
  private final ReentrantLock drawing = new ReentrantLock();

  /// Where events go.
  interface Events {
    /// Takes an event over and returns at once; it may be lost if too many come.
    void record(ClusterRef cluster, Reason reason, Optional<MemberName> subject, String message);
  }

  OperatorTelemetry(Metrics metrics, Events events) {
    this.metrics = metrics;
    this.events = events;
  }

  @Override
  public void passEnded(ClusterRef cluster, String outcome, Duration took) {
    metrics.passEnded(outcome, took);
    LOG.atDebug()
        .setMessage("pass ended")
        .addKeyValue(LogKeys.NAMESPACE, cluster.namespace())
        .addKeyValue(LogKeys.CLUSTER, cluster.name())
        .addKeyValue(LogKeys.OUTCOME, outcome)
        .addKeyValue(LogKeys.DURATION_MILLIS, took.toMillis())
        .log();
  }

  @Override
  public void stepEnded(ClusterRef cluster, Step step, String outcome, Duration took) {
    var name = step.getClass().getSimpleName();
    metrics.stepEnded(name, outcome);
    LOG.atInfo()
        .setMessage("step taken")
        .addKeyValue(LogKeys.NAMESPACE, cluster.namespace())
        .addKeyValue(LogKeys.CLUSTER, cluster.name())
        .addKeyValue(LogKeys.STEP, name)
        .addKeyValue(LogKeys.MEMBER, step.subject().map(MemberName::value).orElse(""))
        .addKeyValue(LogKeys.REASON, step.reason().id())
        .addKeyValue(LogKeys.OUTCOME, outcome)
        .addKeyValue(LogKeys.DURATION_MILLIS, took.toMillis())
        .log();
  }

  @Override
  public void announce(
      ClusterRef cluster, Reason reason, Optional<MemberName> subject, String message) {
    events.record(cluster, reason, subject, message);
    LOG.atWarn()
        .setMessage("problem")
        .addKeyValue(LogKeys.NAMESPACE, cluster.namespace())
        .addKeyValue(LogKeys.CLUSTER, cluster.name())
        .addKeyValue(LogKeys.REASON, reason.id())
        .addKeyValue(LogKeys.MEMBER, subject.map(MemberName::value).orElse(""))
        .addKeyValue(LogKeys.DETAIL, message)
        .log();
  }

  @Override
  public void problems(ClusterRef cluster, List<Reason> now) {
    var before = now.isEmpty() ? problems.remove(cluster) : problems.put(cluster, now);
    if (!now.equals(before == null ? List.of() : before)) {
      drawing.lock();
      try {
        metrics.problems(rows());
      } finally {
        drawing.unlock();
      }
    }
  }

  @Override
  public void fault(ClusterRef cluster, Throwable cause) {
    LOG.atError()
        .setMessage("the operator failed on a cluster and leaves it alone for now")
        .addKeyValue(LogKeys.NAMESPACE, cluster.namespace())
        .addKeyValue(LogKeys.CLUSTER, cluster.name())
        .setCause(cause)
        .log();
  }

  private List<Metrics.Problem> rows() {
    return new TreeMap<>(problems)
        .entrySet().stream()
            .flatMap(entry ->
                entry.getValue().stream()
                    .distinct()
                    .map(reason ->
                        new Metrics.Problem(
                            entry.getKey().namespace(), entry.getKey().name(), reason.id())))
            .toList();
  }
}
