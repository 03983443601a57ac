package dev.flotilla.operator.app;

import dev.flotilla.crds.condition.Attention;
import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.status.VolumeCount;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.port.LogKeys;
import dev.flotilla.operator.port.Telemetry;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.MemberName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// Says what the operator does, in three places at once: a log line, a number and, where people
/// want to know, an event.
final class OperatorTelemetry implements Telemetry {

  private static final Logger LOG = LoggerFactory.getLogger("dev.flotilla.operator");

  private final Metrics metrics;
  private final Events events;
  private final InstantSource clock;

  /// Each cluster's problems, and when this operator first saw them.
  private final SortedMap<ClusterRef, SortedMap<Reason, Instant>> problems =
      new ConcurrentSkipListMap<>();

  private final ConcurrentMap<ClusterRef, VolumeCount> volumes = new ConcurrentHashMap<>();

  /// Passes end at the same time; what is drawn last has to be what was read last.
  private final ReentrantLock drawing = new ReentrantLock();

  /// Where events go.
  interface Events {
    /// Takes an event over and returns at once; it may be lost if too many come.
    void record(ClusterRef cluster, Reason reason, Optional<MemberName> subject, String message);
  }

  OperatorTelemetry(Metrics metrics, Events events, InstantSource clock) {
    this.metrics = metrics;
    this.events = events;
    this.clock = clock;
    metrics.volumes("bound", () -> count(VolumeCount::bound));
    metrics.volumes("retained", () -> count(VolumeCount::retained));
    metrics.volumes("orphaned", () -> count(VolumeCount::orphaned));
  }

  @Override
  public void passBegan(ClusterRef cluster) {
    metrics.passBegan(cluster);
  }

  @Override
  public void passEnded(ClusterRef cluster, String outcome, Duration took) {
    metrics.passEnded(cluster, outcome, took);
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
    boolean problem = reason.attention() == Attention.PROBLEM;
    LOG.atLevel(problem ? Level.WARN : Level.INFO)
        .setMessage(problem ? "problem" : "news")
        .addKeyValue(LogKeys.NAMESPACE, cluster.namespace())
        .addKeyValue(LogKeys.CLUSTER, cluster.name())
        .addKeyValue(LogKeys.REASON, reason.id())
        .addKeyValue(LogKeys.MEMBER, subject.map(MemberName::value).orElse(""))
        .addKeyValue(LogKeys.DETAIL, message)
        .log();
  }

  @Override
  public void problems(ClusterRef cluster, List<Reason> now) {
    var before = problems.getOrDefault(cluster, Collections.emptySortedMap());
    var after = new TreeMap<Reason, Instant>();
    now.forEach(reason -> after.put(reason, before.getOrDefault(reason, clock.instant())));
    if (after.keySet().equals(before.keySet())) {
      return;
    }
    if (after.isEmpty()) {
      problems.remove(cluster);
    } else {
      problems.put(cluster, after);
    }
    drawing.lock();
    try {
      metrics.problems(rows());
    } finally {
      drawing.unlock();
    }
  }

  @Override
  public void volumes(ClusterRef cluster, VolumeCount now) {
    if (now.equals(VolumeCount.NONE)) {
      volumes.remove(cluster);
    } else {
      volumes.put(cluster, now);
    }
  }

  private double count(ToIntFunction<VolumeCount> state) {
    return volumes.values().stream().mapToInt(state).sum();
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
    var rows = new ArrayList<Metrics.Problem>();
    problems.forEach((cluster, reasons) ->
        reasons.forEach(
            (reason, since) -> rows.add(new Metrics.Problem(cluster, reason.id(), since))));
    return rows;
  }
}
