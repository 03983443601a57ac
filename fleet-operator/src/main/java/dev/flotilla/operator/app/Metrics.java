package dev.flotilla.operator.app;

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
import java.util.List;
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

  Metrics() {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
  }

  /// One problem of one cluster.
  record Problem(String namespace, String cluster, String reason) {}

  void acting(DoubleSupplier isActing, DoubleSupplier epoch) {
    Gauge.builder("flotilla.acting", isActing::getAsDouble)
        .description("1 if this operator acts")
        .register(registry);
    Gauge.builder("flotilla.epoch", epoch::getAsDouble)
        .description("the epoch of this operator, 0 before it took over")
        .register(registry);
  }

  void passEnded(String outcome, Duration took) {
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
        now.stream()
            .map(problem ->
                MultiGauge.Row.of(
                    Tags.of(
                        "namespace",
                        problem.namespace(),
                        "cluster",
                        problem.cluster(),
                        "reason",
                        problem.reason()),
                    1))
            .toList(),
        true);
  }

  String scrape() {
    return registry.scrape();
  }
}
