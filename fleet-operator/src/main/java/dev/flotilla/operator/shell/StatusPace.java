package dev.flotilla.operator.shell;

import dev.flotilla.operator.core.status.StatusReport;
import dev.flotilla.topology.model.ClusterRef;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// How often a status is written of which only words have changed, such as how many bytes a drain
/// has still to move.
///
/// Everything else is written at once.
///
/// Source: UX-21 in docs/requirements.md
final class StatusPace {

  static final Duration PACE = Duration.ofSeconds(15);

  private record Written(StatusReport report, Instant at) {}

  private final ConcurrentMap<ClusterRef, Written> last = new ConcurrentHashMap<>();

  /// For how long a report has to wait; empty if it is to be written now.
  Optional<Duration> toWait(ClusterRef cluster, StatusReport report, Instant now) {
    return Optional.ofNullable(last.get(cluster))
        .filter(written -> !written.report().equals(report))
        .filter(written -> wordless(written.report()).equals(wordless(report)))
        .map(written -> PACE.minus(Duration.between(written.at(), now)))
        .filter(left -> left.isPositive() && left.compareTo(PACE) <= 0);
  }

  /// A report was written, or stood there already.
  void written(ClusterRef cluster, StatusReport report, Instant now) {
    last.compute(
        cluster,
        (key, before) ->
            before != null && before.report().equals(report) ? before : new Written(report, now));
  }

  void forget(ClusterRef cluster) {
    last.remove(cluster);
  }

  private static StatusReport wordless(StatusReport report) {
    var conditions =
        report.conditions().stream()
            .map(it -> new StatusReport.Condition(it.type(), it.truth(), it.reason(), ""))
            .toList();
    return new StatusReport(
        report.generation(),
        report.phase(),
        report.reason(),
        conditions,
        report.zones(),
        report.members(),
        report.pools(),
        report.version(),
        report.engineUuid(),
        report.service());
  }
}
