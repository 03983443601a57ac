package dev.flotilla.operator.core.fleet;

import java.time.Duration;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/// What a person allows for all databases together.
///
/// @param disruption how much may be disrupted on purpose at the same time
/// @param breaker above how many removals further ones are held
public record FleetLimits(Disruption disruption, Breaker breaker) {

  /// How much may be disrupted on purpose at the same time.
  ///
  /// @param maxClusters databases, from 0 on
  /// @param oneZoneAtATime whether all of it is kept within one zone
  /// @param allowed what may be done at all
  public record Disruption(int maxClusters, boolean oneZoneAtATime, SortedSet<Kind> allowed) {

    public Disruption {
      allowed = Collections.unmodifiableSortedSet(new TreeSet<>(allowed));
      requireNotNegative("maxClusters", maxClusters);
    }
  }

  /// A disruption that the operator may choose to make.
  public enum Kind {
    /// A member's data is moved off it, and the member goes.
    DRAIN,
    /// A member is stopped and started again on its volume.
    RESTART,
    /// A member gives way to a new one.
    REPLACE,
    /// Data is moved between members that stay.
    REBALANCE
  }

  /// Above how many removals further ones are held.
  ///
  /// @param clusters databases that may be stopped for good within the window
  /// @param members members that databases may lose for good within the window while they stay
  /// @param window how long a removal counts, up to a day
  public record Breaker(Limit clusters, Limit members, Duration window) {

    private static final Duration LONGEST = Duration.ofDays(1);

    public Breaker {
      if (!window.isPositive()) {
        throw new IllegalArgumentException("the window is no time at all");
      }
      if (window.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException("the window is longer than a day");
      }
    }
  }

  /// A number, or a part of a whole if that is more.
  ///
  /// @param number from 0 on
  /// @param percent of the whole, 0 to 100
  public record Limit(int number, int percent) {

    private static final int WHOLE = 100;

    public Limit {
      requireNotNegative("number", number);
      requireNotNegative("percent", percent);
      if (percent > WHOLE) {
        throw new IllegalArgumentException("percent is more than 100");
      }
    }

    /// How many that is; a part is rounded down.
    public int of(int whole) {
      return Math.max(number, (int) ((long) whole * percent / WHOLE));
    }
  }

  private static void requireNotNegative(String name, int value) {
    if (value < 0) {
      throw new IllegalArgumentException(name + " is negative");
    }
  }
}
