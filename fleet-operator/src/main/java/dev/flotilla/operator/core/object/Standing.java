package dev.flotilla.operator.core.object;

import dev.flotilla.topology.model.PoolName;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The kept objects as they stand in Kubernetes now; empty means that there is none.
///
/// Pools are not here: they are read with more than their wanted fields, as
/// [dev.flotilla.operator.core.view.PoolView].
public record Standing(
    Optional<KeptObject.Config> config,
    Optional<KeptObject.Seeds> seeds,
    Optional<KeptObject.ClientService> service,
    Optional<KeptObject.Endpoints> endpoints,
    SortedMap<PoolName, KeptObject.Budget> budgets) {

  /// Nothing exists yet.
  public static final Standing NOTHING =
      new Standing(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), new TreeMap<>());

  public Standing {
    budgets = Collections.unmodifiableSortedMap(new TreeMap<>(budgets));
  }

  /// The same once an object was applied.
  public Standing with(KeptObject object) {
    return switch (object) {
      case KeptObject.Config it ->
          new Standing(Optional.of(it), seeds, service, endpoints, budgets);
      case KeptObject.Seeds it ->
          new Standing(config, Optional.of(it), service, endpoints, budgets);
      case KeptObject.ClientService it ->
          new Standing(config, seeds, Optional.of(it), endpoints, budgets);
      case KeptObject.Endpoints it ->
          new Standing(config, seeds, service, Optional.of(it), budgets);
      case KeptObject.Budget it -> {
        var now = new TreeMap<>(budgets);
        now.put(it.pool(), it);
        yield new Standing(config, seeds, service, endpoints, now);
      }
      case KeptObject.Pool pool -> this;
    };
  }
}
