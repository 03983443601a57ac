package dev.flotilla.operator.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.crds.v1alpha1.operation.DatabaseOperationStatus;
import dev.flotilla.crds.v1alpha1.operation.ProgressStatus;
import dev.flotilla.operator.core.estimate.Outlook;
import dev.flotilla.operator.core.status.OperationReport;
import dev.flotilla.operator.core.status.OperationReport.Left;
import dev.flotilla.operator.kube.render.OperationStatuses;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// When the status of an operation is written, and what it says of its end.
class OperationStatusesTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final Outlook SOON =
      new Outlook.Ends(1 << 20, NOW.plusSeconds(720), NOW.plusSeconds(600), NOW.plusSeconds(900));

  private static OperationReport report(long copies, Outlook outlook) {
    return new OperationReport(
        "go",
        "uid",
        1,
        OperationReport.Phase.DRAINING,
        Optional.empty(),
        Reason.DRAINING,
        "Data is moving away.",
        Optional.of(new Left(copies, copies << 20, outlook)),
        List.of(),
        List.of());
  }

  private static Optional<DatabaseOperationStatus> next(
      OperationReport report, DatabaseOperationStatus before, int seconds) {
    return OperationStatuses.next(report, Optional.of(before), NOW.plusSeconds(seconds));
  }

  private static DatabaseOperationStatus first(long copies, Outlook outlook) {
    return OperationStatuses.next(report(copies, outlook), Optional.empty(), NOW).orElseThrow();
  }

  @Tag("UX-10")
  @Test
  void theEndIsToldWithItsBounds() {
    var progress = first(7, SOON).progress();

    assertThat(progress)
        .satisfies(it -> {
          assertThat(it.estimate().bytesPerSecond()).isEqualTo(1 << 20);
          assertThat(it.estimate().earliest()).isEqualTo(NOW.plusSeconds(600));
          assertThat(it.estimate().endsAt()).isEqualTo(NOW.plusSeconds(720));
          assertThat(it.estimate().latest()).isEqualTo(NOW.plusSeconds(900));
        });
    assertThat(first(7, new Outlook.Unclear()).progress())
        .extracting(ProgressStatus::estimate, ProgressStatus::stalledSince)
        .containsOnlyNulls();
  }

  /// Nothing has moved, so nothing else differs.
  @Tag("UX-10")
  @Test
  void aStallIsWrittenAtOnceAlthoughNothingHasMoved() {
    var before = first(7, SOON);

    assertThat(next(report(7, SOON), before, 60)).isEmpty();
    assertThat(next(report(7, new Outlook.Stalled(NOW)), before, 5))
        .map(DatabaseOperationStatus::progress)
        .hasValueSatisfying(it -> {
          assertThat(it.estimate()).isNull();
          assertThat(it.stalledSince()).isEqualTo(NOW);
        });
  }

  @Test
  void whatOnlyMovesOnIsNotWrittenMoreOftenThanEveryTenSeconds() {
    var before = first(7, SOON);

    assertThat(next(report(6, SOON), before, 9)).isEmpty();
    assertThat(next(report(6, SOON), before, 10)).isPresent();
  }
}
