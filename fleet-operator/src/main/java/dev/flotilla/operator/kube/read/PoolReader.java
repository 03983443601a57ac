package dev.flotilla.operator.kube.read;

import dev.flotilla.crds.v1alpha1.DatabasePoolSpec;
import dev.flotilla.crds.v1alpha1.DatabasePoolStatus;
import dev.flotilla.crds.v1alpha1.RawPool;
import dev.flotilla.operator.core.view.PoolView;
import dev.flotilla.topology.model.PoolName;
import java.util.List;
import java.util.Optional;

/// A `DatabasePool` as a [PoolView], with the status that stands in it.
public final class PoolReader {

  private PoolReader() {}

  /// @param generation of the pool's own specification
  public record PoolFacts(PoolView view, long generation, Optional<DatabasePoolStatus> status) {}

  /// @return empty if its specification makes no sense: then it is applied anew
  public static Optional<PoolFacts> read(PoolName name, RawPool pool) {
    return Part.read("spec", pool.getSpec(), DatabasePoolSpec.class)
        .sound()
        .map(spec -> facts(name, spec, pool));
  }

  private static PoolFacts facts(PoolName name, DatabasePoolSpec spec, RawPool pool) {
    var meta = pool.getMetadata();
    var view =
        new PoolView(
            name,
            meta.getUid(),
            spec.instances(),
            Fields.foreignWriter(meta, List.of("spec", "instances")));
    return new PoolFacts(
        view,
        Optional.ofNullable(meta.getGeneration()).orElse(0L),
        Part.read("status", pool.getStatus(), DatabasePoolStatus.class).sound());
  }
}
