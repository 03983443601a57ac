package dev.flotilla.operator.kube.read;

import dev.flotilla.crds.v1alpha1.operation.DatabaseOperationSpec;
import dev.flotilla.crds.v1alpha1.operation.DatabaseOperationStatus;
import dev.flotilla.crds.v1alpha1.operation.RawOperation;
import dev.flotilla.operator.core.view.Request;
import dev.flotilla.topology.lifecycle.Deadline;
import dev.flotilla.topology.model.ClusterRef;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// A `DatabaseOperation` as a [Request].
public final class OperationReader {

  private OperationReader() {}

  /// @param request without what became of its members
  /// @param status empty until one was written
  public record OperationFacts(Request request, Optional<DatabaseOperationStatus> status) {}

  /// The database that it is about; empty if it names none.
  public static Optional<ClusterRef> cluster(RawOperation operation) {
    return spec(operation)
        .flatMap(spec -> Refs.cluster(operation.getMetadata().getNamespace(), spec.clusterName()));
  }

  public static OperationFacts read(RawOperation operation) {
    var meta = operation.getMetadata();
    var status = Part.read("status", operation.getStatus(), DatabaseOperationStatus.class).sound();
    var created = Instant.parse(meta.getCreationTimestamp());
    return new OperationFacts(
        new Request(
            meta.getName(),
            meta.getUid(),
            Optional.ofNullable(meta.getGeneration()).orElse(0L),
            created,
            spec(operation)
                .map(spec -> order(spec, created))
                .orElseGet(() ->
                    new Request.Order(
                        Request.Kind.DRAIN,
                        List.of(),
                        false,
                        new Deadline(created, Deadline.OnTimeout.HOLD))),
            status.flatMap(it -> Optional.ofNullable(it.outcome())).isPresent(),
            new TreeSet<>(),
            new TreeSet<>()),
        status);
  }

  private static Request.Order order(DatabaseOperationSpec spec, Instant created) {
    return new Request.Order(
        switch (spec.type()) {
          case DRAIN -> Request.Kind.DRAIN;
          case RESTART -> Request.Kind.RESTART;
          case REPLACE -> Request.Kind.REPLACE;
        },
        spec.members(),
        spec.cancel(),
        new Deadline(
            created.plusSeconds(spec.timeoutSeconds()), ClusterReader.then(spec.onTimeout())),
        Optional.ofNullable(spec.override())
            .map(override ->
                switch (override.kind()) {
                  case SKIP_DRAIN -> override.uid();
                }));
  }

  private static Optional<DatabaseOperationSpec> spec(RawOperation operation) {
    return Part.read("spec", operation.getSpec(), DatabaseOperationSpec.class).sound();
  }
}
