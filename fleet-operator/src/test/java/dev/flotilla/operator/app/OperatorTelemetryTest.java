package dev.flotilla.operator.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.topology.model.ClusterRef;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;

/// What is counted of passes that end at the same time.
class OperatorTelemetryTest {

  private static final int CLUSTERS = 64;

  /// The figures of all clusters are drawn anew whenever one of them changes; once, the one that
  /// was drawn first came last and took the others' problems away.
  @RepeatedTest(10)
  void noProblemIsLostWhenManyBeginAtOnce() {
    var metrics = new Metrics();
    var telemetry = new OperatorTelemetry(metrics, (cluster, reason, subject, message) -> {});

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
}
