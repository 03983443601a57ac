package dev.flotilla.operator.kube.render;

import dev.flotilla.crds.v1alpha1.Condition;
import dev.flotilla.crds.v1alpha1.operation.DatabaseOperationStatus;
import dev.flotilla.crds.v1alpha1.operation.EstimateStatus;
import dev.flotilla.crds.v1alpha1.operation.ProgressStatus;
import dev.flotilla.crds.v1alpha1.operation.TargetStatus;
import dev.flotilla.operator.core.estimate.Outlook;
import dev.flotilla.operator.core.request.Ending;
import dev.flotilla.operator.core.request.Fate;
import dev.flotilla.operator.core.status.OperationReport;
import dev.flotilla.topology.model.MemberRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// The status of an operation as its resource carries it.
public final class OperationStatuses {

  /// What has only moved on is not written more often.
  private static final Duration AT_MOST = Duration.ofSeconds(10);

  private static final int CELL = 2;

  private OperationStatuses() {}

  /// What is to be written; empty if what stands there says the same, or was written just now and
  /// differs in how much is left alone.
  ///
  /// @param before what stands there now
  public static Optional<DatabaseOperationStatus> next(
      OperationReport report, Optional<DatabaseOperationStatus> before, Instant now) {
    var wanted = render(report, before, now);
    return before.filter(old -> says(old, wanted)).isPresent()
        ? Optional.empty()
        : Optional.of(wanted);
  }

  private static boolean says(DatabaseOperationStatus old, DatabaseOperationStatus wanted) {
    var was = old.progress();
    var is = wanted.progress();
    if (was == null || is == null) {
      return timeless(old, old.message()).equals(timeless(wanted, wanted.message()))
          && Objects.equals(was, is);
    }
    boolean turned =
        !Objects.equals(was.stalledSince(), is.stalledSince())
            || (was.estimate() == null) != (is.estimate() == null);
    if (turned) {
      return false;
    }
    boolean moved = was.copiesLeft() != is.copiesLeft() || was.bytesLeft() != is.bytesLeft();
    boolean lately = Duration.between(was.observedAt(), is.observedAt()).compareTo(AT_MOST) < 0;
    return timeless(old, "").equals(timeless(wanted, "")) && (!moved || lately);
  }

  /// Without times and figures, and with this message in place of its own.
  private static DatabaseOperationStatus timeless(DatabaseOperationStatus status, String message) {
    return new DatabaseOperationStatus(
        status.observedGeneration(),
        status.phase(),
        status.outcome(),
        status.reason(),
        message,
        status.target(),
        null,
        status.members(),
        status.conditions().stream()
            .map(it ->
                new Condition(
                    it.type(),
                    it.status(),
                    it.observedGeneration(),
                    Instant.EPOCH,
                    it.reason(),
                    message))
            .toList());
  }

  private static DatabaseOperationStatus render(
      OperationReport report, Optional<DatabaseOperationStatus> before, Instant now) {
    var known = before.map(DatabaseOperationStatus::conditions).orElse(List.of());
    return new DatabaseOperationStatus(
        report.generation(),
        word(report.phase()),
        report.ending().map(OperationStatuses::word).orElse(null),
        report.reason().id(),
        report.message(),
        target(report.members()),
        report
            .left()
            .map(left ->
                progress(left, before.flatMap(it -> Optional.ofNullable(it.progress())), now))
            .orElse(null),
        report.members().stream()
            .map(it ->
                new TargetStatus(it.name(), word(it.fate()), MemberRecord.volumeName(it.name())))
            .toList(),
        Statuses.conditions(report.generation(), report.conditions(), known, now));
  }

  /// How an operation ended, as its resource says it.
  public static String word(Ending ending) {
    return switch (ending) {
      case DRAINED -> "Drained";
      case REPLACED -> "Replaced";
      case RESTARTED -> "Restarted";
      case CANCELLED -> "Cancelled";
      case TIMED_OUT -> "TimedOut";
      case INFEASIBLE -> "Infeasible";
      case FAILED -> "Failed";
    };
  }

  private static String word(OperationReport.Phase phase) {
    return switch (phase) {
      case WAITING -> "Waiting";
      case PREPARING -> "Preparing";
      case DRAINING -> "Draining";
      case CANCELLING -> "Cancelling";
      case REMOVING -> "Removing";
      case RESTARTING -> "Restarting";
      case ENDED -> "Ended";
    };
  }

  private static String word(Fate fate) {
    return switch (fate) {
      case WAITING -> "Waiting";
      case PREPARING -> "Preparing";
      case DRAINING -> "Draining";
      case CANCELLING -> "Cancelling";
      case REMOVING -> "Removing";
      case REMOVED -> "Removed";
      case RESTARTING -> "Restarting";
      case RESTARTED -> "Restarted";
      case KEPT -> "Kept";
    };
  }

  /// One name, or the first of several and how many more there are.
  private static String target(List<OperationReport.Target> members) {
    var first = members.stream().findFirst().map(OperationReport.Target::name).orElse("");
    return members.size() < CELL ? first : "%s +%d".formatted(first, members.size() - 1);
  }

  private static ProgressStatus progress(
      OperationReport.Left left, Optional<ProgressStatus> before, Instant now) {
    long copies = Math.max(left.copies(), before.map(ProgressStatus::copiesTotal).orElse(0L));
    long bytes = Math.max(left.bytes(), before.map(ProgressStatus::bytesTotal).orElse(0L));
    long done = copies == 0 ? 100 : 100 * (copies - left.copies()) / copies;
    return new ProgressStatus(
        seconds(now),
        copies,
        left.copies(),
        bytes,
        left.bytes(),
        done + "%",
        left.outlook() instanceof Outlook.Ends ends ? estimate(ends) : null,
        left.outlook() instanceof Outlook.Stalled(var since) ? seconds(since) : null);
  }

  private static EstimateStatus estimate(Outlook.Ends ends) {
    return new EstimateStatus(
        ends.bytesPerSecond(),
        seconds(ends.at()),
        seconds(ends.earliest()),
        seconds(ends.latest()));
  }

  private static Instant seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS);
  }
}
