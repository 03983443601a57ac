package dev.flotilla.operator.core.view;

import dev.flotilla.operator.core.retention.RetentionPolicy;
import dev.flotilla.topology.model.PoolName;
import dev.flotilla.topology.model.Zone;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What the user wants of one cluster, parsed and checked.
///
/// @param engineVersion of the form 9.5.3
/// @param image what members run; the engine's own answer must agree with the version
/// @param config the user's engine settings by key
/// @param zones at least three distinct zones, in the user's order
/// @param forcedAwareness whether copies of a lost zone wait for it instead of piling up in the
///   others
/// @param retention for how long volumes are kept that no member uses any more
/// @param drain how members are emptied
public record ClusterSpec(
    String engineVersion,
    String image,
    SortedMap<String, String> config,
    List<Zone> zones,
    boolean forcedAwareness,
    RetentionPolicy retention,
    DrainPolicy drain,
    List<PoolSpec> pools) {

  /// The least number of zones: losing one of two can take the majority of the voters with it.
  /// Source: AZ-1.
  public static final int MIN_ZONES = 3;

  public ClusterSpec {
    config = Collections.unmodifiableSortedMap(new TreeMap<>(config));
    zones = List.copyOf(zones);
    pools = List.copyOf(pools);
    if (zones.stream().distinct().count() < MIN_ZONES) {
      throw new IllegalArgumentException("spec.topology.zones names fewer than three zones");
    }
    if (pools.isEmpty()) {
      throw new IllegalArgumentException("spec.pools is empty");
    }
  }

  public Optional<PoolSpec> pool(PoolName name) {
    return pools.stream().filter(pool -> pool.name().equals(name)).findFirst();
  }
}
