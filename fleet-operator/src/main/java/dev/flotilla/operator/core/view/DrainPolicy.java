package dev.flotilla.operator.core.view;

import dev.flotilla.topology.lifecycle.Deadline;
import java.time.Duration;
import java.time.Instant;

/// How members are emptied, as the user wants it.
///
/// @param timeout how long the drain of a member that is too many may take
/// @param then what becomes of it when its time is over
/// @param together how many members of one zone are emptied at the same time, whoever wants it
/// @param foreign what is done about marks that no drain explains
public record DrainPolicy(
    Duration timeout, Deadline.OnTimeout then, int together, Foreign foreign) {

  public DrainPolicy {
    if (!timeout.isPositive()) {
      throw new IllegalArgumentException("the time of a drain is no time at all");
    }
    if (together < 1) {
      throw new IllegalArgumentException("nobody would ever be emptied");
    }
  }

  /// What is done about a mark that no drain explains.
  public enum Foreign {
    /// It is named.
    REPORT,
    /// It is taken away if it names just one member that shall serve.
    RECLAIM
  }

  /// Until when a drain that begins now should have emptied its member.
  public Deadline deadline(Instant now) {
    return new Deadline(now.plus(timeout), then);
  }
}
