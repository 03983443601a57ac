package dev.flotilla.operator.kube.read;

import dev.flotilla.crds.v1alpha1.DatabasePool;
import dev.flotilla.crds.v1alpha1.DatabasePoolSpec;
import dev.flotilla.crds.v1alpha1.DatabasePoolStatus;
import dev.flotilla.operator.core.view.PoolView;
import dev.flotilla.topology.model.PoolName;
import java.util.List;
import java.util.Optional;

/// A `DatabasePool` as a [PoolView], with the status that stands in it.
public final class PoolReader {

  private PoolReader() {}

  /// @param generation of the pool's own specification
  public record PoolFacts(PoolView view, long generation, Optional<DatabasePoolStatus> status) {}

  public static PoolFacts read(PoolName name, DatabasePool pool) {
    var meta = pool.getMetadata();
    var view =
        new PoolView(
            name,
            meta.getUid(),
            Optional.ofNullable(pool.getSpec()).map(DatabasePoolSpec::instances).orElse(0),
            Fields.foreignWriter(meta, List.of("spec", "instances")));
    return new PoolFacts(
        view,
        Optional.ofNullable(meta.getGeneration()).orElse(0L),
        Optional.ofNullable(pool.getStatus()));
  }
}
