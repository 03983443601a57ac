package dev.flotilla.operator.core.fleet;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Members that databases have lost for good while these stay: how many there are, and when some
/// were given up.
///
/// Source: D12 in docs/requirements.md; docs/adr/0032-a-budget-for-the-fleet.md
///
/// @param members how many members all databases have now
/// @param givenUp when members were given up within that window, oldest first
public record Losses(int members, List<Instant> givenUp) {

  /// Nobody has been given up.
  public static final Losses NONE = new Losses(0, List.of());

  public Losses {
    givenUp = givenUp.stream().sorted().toList();
  }

  /// How many may be given up within the window.
  public int limit(FleetLimits limits) {
    return limits.breaker().members().of(members);
  }

  /// Whether one more may be given up now.
  public boolean mayGo(FleetLimits limits) {
    return givenUp.size() < limit(limits);
  }

  /// When one more may be given up if nobody else is.
  ///
  /// @return empty if no time brings it about, because the limit is 0
  public Optional<Instant> nextAt(FleetLimits limits) {
    int limit = limit(limits);
    return limit == 0 || givenUp.size() < limit
        ? Optional.empty()
        : Optional.of(givenUp.get(givenUp.size() - limit).plus(limits.breaker().window()));
  }
}
