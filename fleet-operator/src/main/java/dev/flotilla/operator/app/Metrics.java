package dev.flotilla.operator.app;

import dev.flotilla.topology.model.ClusterRef;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.DoubleSupplier;

/// The operator's numbers, as Prometheus reads them. Histograms never carry a cluster's name: a
/// fleet has too many.
final class Metrics {

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final MultiGauge problems =
      MultiGauge.builder("flotilla.cluster.problem")
          .description("1 for each problem that a cluster has now")
          .register(registry);
  private final MultiGauge ages =
      MultiGauge.builder("flotilla.problem.age")
          .baseUnit("seconds")
          .description("how long this operator has known of the problem")
          .register(registry);
  private final ConcurrentMap<ClusterRef, Instant> running = new ConcurrentHashMap<>();
  private final InstantSource clock;

  Metrics(InstantSource clock) {
    this.clock = clock;
    Gauge.builder("flotilla.pass.oldest", () -> seconds(oldestPass()))
        .baseUnit("seconds")
        .description("how long the pass has run that has run longest; 0 if none runs")
        .register(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
  }

  /// One problem of one cluster.
  ///
  /// @param since when it was first seen
  record Problem(ClusterRef cluster, String reason, Instant since) {}

  void acting(DoubleSupplier isActing, DoubleSupplier epoch) {
    Gauge.builder("flotilla.acting", isActing::getAsDouble)
        .description("1 if this operator acts")
        .register(registry);
    Gauge.builder("flotilla.epoch", epoch::getAsDouble)
        .description("the epoch of this operator, 0 before it took over")
        .register(registry);
  }

  void volumes(String state, DoubleSupplier count) {
    Gauge.builder("flotilla.volumes", count::getAsDouble)
        .description("volume claims of databases by what they are for, as this operator sees them")
        .tag("state", state)
        .register(registry);
  }

  void passBegan(ClusterRef cluster) {
    running.put(cluster, clock.instant());
  }

  private Duration oldestPass() {
    return running.values().stream()
        .map(this::sinceThen)
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  private Duration sinceThen(Instant then) {
    return Duration.between(then, clock.instant());
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  void passEnded(ClusterRef cluster, String outcome, Duration took) {
    running.remove(cluster);
    Timer.builder("flotilla.pass.duration")
        .description("time of one pass over one cluster")
        .tag("outcome", outcome)
        .publishPercentileHistogram()
        .minimumExpectedValue(Duration.ofMillis(1))
        .maximumExpectedValue(Duration.ofMinutes(1))
        .register(registry)
        .record(took);
  }

  void stepEnded(String step, String outcome) {
    Counter.builder("flotilla.steps")
        .description("steps that were tried")
        .tag("step", step)
        .tag("outcome", outcome)
        .register(registry)
        .increment();
  }

  void kubeRequest(String verb, String resource, String code) {
    Counter.builder("flotilla.kube.requests")
        .description("requests to the API server; a watch counts when it begins")
        .tag("verb", verb)
        .tag("resource", resource)
        .tag("code", code)
        .register(registry)
        .increment();
  }

  void problems(List<Problem> now) {
    problems.register(
        now.stream().map(problem -> MultiGauge.Row.of(tags(problem), 1)).toList(), true);
    ages.register(
        now.stream()
            .map(problem ->
                MultiGauge.Row.of(tags(problem), problem, it -> seconds(sinceThen(it.since()))))
            .toList(),
        true);
  }

  private static Tags tags(Problem problem) {
    return Tags.of(
        "namespace",
        problem.cluster().namespace(),
        "cluster",
        problem.cluster().name(),
        "reason",
        problem.reason());
  }

  String scrape() {
    return registry.scrape();
  }
}
