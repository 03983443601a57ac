package dev.flotilla.operator.core.fleet;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What a database shares with all others, as far as it matters to this one.
///
/// It names no other database: one tenant's view does not tell of another.
///
/// Source: D12 in docs/requirements.md; docs/adr/0017-one-policy-and-a-breaker.md
///
/// @param limits what a person allows, or what holds if nobody says
/// @param clusters how many databases there are, with those that were stopped within the breaker's
///   window and are gone
/// @param removals when databases were begun to be stopped for good within that window, oldest
///   first
/// @param ahead how many databases are to be stopped for good before this one; empty if it is not
///   waiting for that
/// @param others what is disrupted on purpose in other databases
/// @param losses members that databases have lost for good while they stay
public record FleetFacts(
    FleetLimits limits,
    int clusters,
    List<Instant> removals,
    OptionalInt ahead,
    Disruptions others,
    Losses losses) {

  public FleetFacts {
    removals = removals.stream().sorted().toList();
  }

  /// How many databases may be stopped for good within the window.
  public int removalLimit() {
    return limits.breaker().clusters().of(clusters);
  }

  /// Whether this database may be stopped for good now: it is not waiting for that, or everybody
  /// ahead of it and those of the last window leave a place.
  public boolean mayBeRemoved() {
    return ahead.isEmpty() || removals.size() + ahead.getAsInt() < removalLimit();
  }

  /// When this database will be stopped for good if nobody raises the limit and everybody ahead of
  /// it goes as soon as it may: a window after whoever is as many places ahead as the limit allows.
  ///
  /// @return empty if no time brings it about, because the limit is 0
  public Optional<Instant> removedAt(Instant now) {
    int limit = removalLimit();
    if (mayBeRemoved()) {
      return Optional.of(now);
    }
    if (limit == 0) {
      return Optional.empty();
    }
    int place = removals.size() + ahead.orElse(0);
    int windows = 1 + (place - Math.max(removals.size(), limit)) / limit;
    int predecessor = place - windows * limit;
    return Optional.of(
        (predecessor < removals.size() ? removals.get(predecessor) : now)
            .plus(limits.breaker().window().multipliedBy(windows)));
  }
}
