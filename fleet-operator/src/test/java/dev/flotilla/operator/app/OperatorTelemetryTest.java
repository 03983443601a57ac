package dev.flotilla.operator.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.topology.model.ClusterRef;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What is counted of clusters and passes.
class OperatorTelemetryTest {

  private static final int CLUSTERS = 64;
  private static final ClusterRef SEARCH = new ClusterRef("shop", "search");

  private volatile Instant now = Instant.parse("2026-11-22T03:00:00Z");
  private final InstantSource clock = () -> now;

  /// The figures of all clusters are drawn anew whenever one of them changes; once, the one that
  /// was drawn first came last and took the others' problems away.
  @RepeatedTest(10)
  void noProblemIsLostWhenManyBeginAtOnce() {
    var metrics = new Metrics(clock);
    var telemetry = telemetry(metrics);

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      IntStream.range(0, CLUSTERS)
          .mapToObj(i -> new ClusterRef("shop", "search" + i))
          .forEach(cluster ->
              threads.submit(() -> telemetry.problems(cluster, List.of(Reason.SPEC_REJECTED))));
    }

    assertThat(metrics.scrape().lines())
        .filteredOn(line -> line.startsWith("flotilla_cluster_problem{"))
        .hasSize(CLUSTERS)
        .allMatch(line -> line.endsWith(" 1.0"));
  }

  @Test
  @Tag("R59")
  void aProblemAgesFromItsFirstSightUntilItIsGone() {
    var metrics = new Metrics(clock);
    var telemetry = telemetry(metrics);
    var age =
        "flotilla_problem_age_seconds{cluster=\"search\",namespace=\"shop\",reason=\"%s\"} %s";

    telemetry.problems(SEARCH, List.of(Reason.NODE_UNKNOWN));
    now = now.plusSeconds(60);
    telemetry.problems(SEARCH, List.of(Reason.POD_FAILED, Reason.NODE_UNKNOWN));
    now = now.plusSeconds(30);

    assertThat(metrics.scrape().lines())
        .contains(age.formatted("NodeUnknown", "90.0"), age.formatted("PodFailed", "30.0"));

    telemetry.problems(SEARCH, List.of());
    assertThat(metrics.scrape()).doesNotContain("flotilla_problem_age_seconds{");
    telemetry.problems(SEARCH, List.of(Reason.NODE_UNKNOWN));
    assertThat(metrics.scrape().lines()).contains(age.formatted("NodeUnknown", "0.0"));
  }

  @Test
  @Tag("R59")
  void thePassThatHasRunLongestIsTheOneThatCounts() {
    var metrics = new Metrics(clock);
    var telemetry = telemetry(metrics);

    telemetry.passBegan(SEARCH);
    now = now.plusSeconds(400);
    telemetry.passBegan(new ClusterRef("shop", "orders"));
    assertThat(metrics.scrape().lines()).contains("flotilla_pass_oldest_seconds 400.0");

    telemetry.passEnded(SEARCH, "ended", Duration.ofSeconds(400));
    assertThat(metrics.scrape().lines()).contains("flotilla_pass_oldest_seconds 0.0");
  }

  private OperatorTelemetry telemetry(Metrics metrics) {
    return new OperatorTelemetry(metrics, (cluster, reason, subject, message) -> {}, clock);
  }
}
