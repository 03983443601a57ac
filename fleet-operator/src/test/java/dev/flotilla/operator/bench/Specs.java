package dev.flotilla.operator.bench;

import dev.flotilla.operator.core.retention.RetentionPolicy;
import dev.flotilla.operator.core.view.ClusterSpec;
import dev.flotilla.operator.core.view.DrainPolicy;
import dev.flotilla.operator.core.view.PoolSpec;
import dev.flotilla.operator.core.view.Resources;
import dev.flotilla.operator.core.view.Role;
import dev.flotilla.topology.lifecycle.Deadline;
import dev.flotilla.topology.model.PoolName;
import dev.flotilla.topology.model.Zone;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Specifications that tests start from.
public final class Specs {

  public static final String VERSION = "9.5.2";
  public static final String IMAGE = "registry.example/engine:9.5.2";
  public static final SortedSet<Role> ALL_ROLES = new TreeSet<>(List.of(Role.VOTER, Role.DATA));

  /// What holds if nobody says anything about drains.
  public static final DrainPolicy DRAIN =
      new DrainPolicy(
          Duration.ofHours(2), Deadline.OnTimeout.CANCEL, 2, DrainPolicy.Foreign.REPORT);

  private Specs() {}

  /// One pool `data` over the zones a, b and c.
  public static ClusterSpec of(int members) {
    return of(pool("data", OptionalInt.of(members)));
  }

  public static ClusterSpec of(PoolSpec... pools) {
    return new ClusterSpec(
        VERSION,
        IMAGE,
        new TreeMap<>(),
        Stream.of("a", "b", "c").map(Zone::new).toList(),
        true,
        RetentionPolicy.KEEP,
        DRAIN,
        List.of(pools));
  }

  public static PoolSpec pool(String name, OptionalInt members) {
    return new PoolSpec(
        new PoolName(name),
        ALL_ROLES,
        members,
        Resources.of(Map.of("memory", "1Gi"), Map.of()),
        "10Gi",
        Optional.empty());
  }

  /// The same with another image.
  public static ClusterSpec withImage(ClusterSpec spec, String image) {
    return new ClusterSpec(
        spec.engineVersion(),
        image,
        spec.config(),
        spec.zones(),
        spec.forcedAwareness(),
        spec.retention(),
        spec.drain(),
        spec.pools());
  }

  /// The same with other times for which volumes are kept.
  public static ClusterSpec keeping(ClusterSpec spec, RetentionPolicy retention) {
    return new ClusterSpec(
        spec.engineVersion(),
        spec.image(),
        spec.config(),
        spec.zones(),
        spec.forcedAwareness(),
        retention,
        spec.drain(),
        spec.pools());
  }

  /// The same with other drains.
  public static ClusterSpec draining(ClusterSpec spec, DrainPolicy drain) {
    return new ClusterSpec(
        spec.engineVersion(),
        spec.image(),
        spec.config(),
        spec.zones(),
        spec.forcedAwareness(),
        spec.retention(),
        drain,
        spec.pools());
  }

  /// The same with so many members of a zone emptied at the same time.
  public static ClusterSpec together(ClusterSpec spec, int members) {
    var drain = spec.drain();
    return draining(spec, new DrainPolicy(drain.timeout(), drain.then(), members, drain.foreign()));
  }

  /// The same, with marks taken away that no drain explains.
  public static ClusterSpec reclaiming(ClusterSpec spec) {
    var drain = spec.drain();
    return draining(
        spec,
        new DrainPolicy(
            drain.timeout(), drain.then(), drain.together(), DrainPolicy.Foreign.RECLAIM));
  }

  /// The same with one more setting.
  public static ClusterSpec withSetting(ClusterSpec spec, String key, String value) {
    var config = new TreeMap<>(spec.config());
    config.put(key, value);
    return new ClusterSpec(
        spec.engineVersion(),
        spec.image(),
        config,
        spec.zones(),
        spec.forcedAwareness(),
        spec.retention(),
        spec.drain(),
        spec.pools());
  }
}
