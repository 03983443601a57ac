package dev.flotilla.operator.kube.read;

import dev.flotilla.crds.v1alpha1.Awareness;
import dev.flotilla.crds.v1alpha1.ComputeSpec;
import dev.flotilla.crds.v1alpha1.DatabaseClusterSpec;
import dev.flotilla.crds.v1alpha1.DatabaseClusterStatus;
import dev.flotilla.crds.v1alpha1.PoolRole;
import dev.flotilla.crds.v1alpha1.RawCluster;
import dev.flotilla.crds.v1alpha1.ResourcesSpec;
import dev.flotilla.crds.v1alpha1.VolumesSpec;
import dev.flotilla.crds.v1alpha1.drain.DrainSpec;
import dev.flotilla.crds.v1alpha1.drain.OnTimeout;
import dev.flotilla.operator.core.retention.Deletion;
import dev.flotilla.operator.core.retention.RetentionPolicy;
import dev.flotilla.operator.core.view.ClusterSpec;
import dev.flotilla.operator.core.view.DrainPolicy;
import dev.flotilla.operator.core.view.PoolSpec;
import dev.flotilla.operator.core.view.Resources;
import dev.flotilla.operator.core.view.Role;
import dev.flotilla.operator.kube.render.Labels;
import dev.flotilla.operator.port.ClusterResource;
import dev.flotilla.operator.port.ClusterResource.Specification;
import dev.flotilla.operator.port.EngineProfile;
import dev.flotilla.topology.lifecycle.Deadline;
import dev.flotilla.topology.model.PoolName;
import dev.flotilla.topology.model.Zone;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A `DatabaseCluster` as a [ClusterResource].
public final class ClusterReader {

  private static final String DEFAULT_IMAGE = "flotilla.local/elasticsearch:";

  private final EngineProfile profile;

  public ClusterReader(EngineProfile profile) {
    this.profile = profile;
  }

  public ClusterResource read(RawCluster cluster) {
    var meta = cluster.getMetadata();
    return new ClusterResource(
        meta.getUid(),
        Optional.ofNullable(meta.getGeneration()).orElse(0L),
        deletion(meta),
        specification(meta.getName(), cluster.getSpec()));
  }

  private static Deletion deletion(ObjectMeta meta) {
    if (meta.getDeletionTimestamp() == null) {
      return Deletion.NONE;
    }
    return Refs.annotation(meta, Labels.CONFIRM_DELETE)
        .filter(Deletion.confirmation(meta.getName(), meta.getUid())::equals)
        .map(confirmed -> Deletion.CONFIRMED)
        .orElse(Deletion.UNCONFIRMED);
  }

  /// What stands in its status; empty if nothing does, or nothing that makes sense.
  public static Optional<DatabaseClusterStatus> status(RawCluster cluster) {
    return Part.read("status", cluster.getStatus(), DatabaseClusterStatus.class).sound();
  }

  /// Whether both parts can be read at all.
  public static boolean isSound(RawCluster cluster) {
    return Part.read("spec", cluster.getSpec(), DatabaseClusterSpec.class).sound().isPresent()
        && !(Part.read("status", cluster.getStatus(), DatabaseClusterStatus.class)
            instanceof Part.Senseless<DatabaseClusterStatus>);
  }

  private Specification specification(String name, @Nullable Object raw) {
    return switch (Part.read("spec", raw, DatabaseClusterSpec.class)) {
      case Part.Absent<DatabaseClusterSpec> absent ->
          new Specification.Illegal("spec is missing: write one");
      case Part.Senseless<DatabaseClusterSpec>(var place) ->
          new Specification.Illegal(
              "%s holds what this field cannot hold: write it as kubectl explain databaseclusters.%s says"
                  .formatted(place, place.replaceAll("\\[[0-9]+]", "")));
      case Part.Sound<DatabaseClusterSpec>(var spec) -> specification(name, spec);
    };
  }

  private Specification specification(String name, DatabaseClusterSpec spec) {
    var problems = SpecCheck.problems(profile, name, spec);
    return problems.isEmpty()
        ? new Specification.Legal(legal(spec))
        : new Specification.Illegal(String.join("; ", problems));
  }

  private static ClusterSpec legal(DatabaseClusterSpec spec) {
    var engine = spec.engine();
    return new ClusterSpec(
        engine.version(),
        Optional.ofNullable(engine.image()).orElse(DEFAULT_IMAGE + engine.version()),
        new TreeMap<>(engine.config()),
        spec.topology().zones().stream().distinct().map(Zone::new).toList(),
        spec.topology().awareness() == Awareness.FORCED,
        retention(spec.volumes()),
        drain(spec.drain()),
        spec.pools().stream().map(ClusterReader::pool).toList());
  }

  private static RetentionPolicy retention(@Nullable VolumesSpec volumes) {
    return volumes == null
        ? RetentionPolicy.KEEP
        : new RetentionPolicy(time(volumes.whenScaled()), time(volumes.whenDeleted()));
  }

  /// RetainFor without a number of hours was stored before the rule: for ever, to be safe.
  private static Optional<Duration> time(VolumesSpec.@Nullable Retention spec) {
    if (spec == null) {
      return Optional.empty();
    }
    return switch (spec.policy()) {
      case RETAIN -> Optional.empty();
      case RETAIN_FOR -> Optional.ofNullable(spec.retainHours()).map(Duration::ofHours);
      case DELETE -> Optional.of(Duration.ofHours(VolumesSpec.Retention.DELETE_HOURS));
    };
  }

  private static DrainPolicy drain(DrainSpec spec) {
    return new DrainPolicy(
        Duration.ofSeconds(spec.timeoutSeconds()),
        then(spec.onTimeout()),
        spec.maxConcurrentDrains(),
        switch (spec.foreignExcludes()) {
          case REPORT -> DrainPolicy.Foreign.REPORT;
          case RECLAIM -> DrainPolicy.Foreign.RECLAIM;
        });
  }

  /// What becomes of a drain or an operation when its time is over.
  static Deadline.OnTimeout then(OnTimeout wanted) {
    return switch (wanted) {
      case HOLD -> Deadline.OnTimeout.HOLD;
      case CANCEL -> Deadline.OnTimeout.CANCEL;
    };
  }

  private static PoolSpec pool(dev.flotilla.crds.v1alpha1.PoolSpec pool) {
    return new PoolSpec(
        new PoolName(pool.name()),
        pool.roles().stream()
            .map(ClusterReader::role)
            .collect(Collectors.toCollection(TreeSet::new)),
        Optional.ofNullable(pool.instances()).map(OptionalInt::of).orElse(OptionalInt.empty()),
        resources(pool.resources()),
        pool.storage().size(),
        Optional.ofNullable(pool.storage().storageClassName()));
  }

  private static Role role(PoolRole role) {
    return switch (role) {
      case VOTER -> Role.VOTER;
      case DATA -> Role.DATA;
    };
  }

  private static Resources resources(@Nullable ResourcesSpec resources) {
    return resources == null
        ? new Resources(new TreeMap<>(), new TreeMap<>())
        : new Resources(amounts(resources.requests()), amounts(resources.limits()));
  }

  private static SortedMap<String, String> amounts(@Nullable ComputeSpec compute) {
    var amounts = new TreeMap<String, String>();
    if (compute != null && compute.cpu() != null) {
      amounts.put("cpu", compute.cpu());
    }
    if (compute != null && compute.memory() != null) {
      amounts.put("memory", compute.memory());
    }
    return amounts;
  }
}
