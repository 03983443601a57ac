package dev.flotilla.operator.document;

import dev.flotilla.operator.core.compare.Comparison;
import dev.flotilla.operator.core.compare.Difference;
import dev.flotilla.topology.model.ClusterRef;
import java.util.List;

/// What the store says beside what exists.
///
/// @param clusters how many databases were compared
/// @param members how many members are recorded
/// @param differences what does not agree; empty if all does
/// @param silent databases whose engine could not be asked
public record StoreComparison(int clusters, int members, List<Row> differences, List<String> silent)
    implements Document {

  /// Something that does not agree.
  ///
  /// @param cluster NAMESPACE/NAME of the database
  /// @param kind NotRecorded, NotFound, EngineAlone, OtherResource or Damaged
  /// @param subject the member, resource or entry that it is about
  /// @param meaning of the kind, in one sentence
  public record Row(String cluster, String kind, String subject, String meaning) {}

  public StoreComparison {
    differences = List.copyOf(differences);
    silent = List.copyOf(silent);
  }

  /// The comparison as it is printed.
  public static StoreComparison of(Comparison comparison) {
    return new StoreComparison(
        comparison.clusters(),
        comparison.members(),
        comparison.differences().stream().map(StoreComparison::row).toList(),
        comparison.silent().stream().map(ClusterRef::toString).toList());
  }

  private static Row row(Difference difference) {
    var cluster = difference.cluster().toString();
    var subject = difference.subject();
    return switch (difference.kind()) {
      case NOT_RECORDED ->
          new Row(cluster, "NotRecorded", subject, "It exists, and the store does not know it.");
      case NOT_FOUND ->
          new Row(cluster, "NotFound", subject, "It is recorded, and has no volume and no pod.");
      case ENGINE_ALONE ->
          new Row(cluster, "EngineAlone", subject, "The engine counts it, and nobody knows it.");
      case OTHER_RESOURCE ->
          new Row(cluster, "OtherResource", subject, "Members are recorded for this resource.");
      case DAMAGED -> new Row(cluster, "Damaged", subject, "It stands in the store.");
    };
  }
}
