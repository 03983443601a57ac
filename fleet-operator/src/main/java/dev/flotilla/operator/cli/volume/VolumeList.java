package dev.flotilla.operator.cli.volume;

import dev.flotilla.operator.cli.output.Printing;
import dev.flotilla.operator.cli.output.Screen;
import dev.flotilla.operator.cli.output.Table;
import dev.flotilla.operator.document.Document;
import java.util.List;

/// The volumes of databases.
///
/// @param volumes by database and name
public record VolumeList(List<Volume> volumes) implements Document, Printing {

  private static final List<String> COLUMNS =
      List.of("NAMESPACE", "VOLUME", "STATE", "ZONE", "SIZE", "KEPT UNTIL", "MEMBER");

  public VolumeList {
    volumes = List.copyOf(volumes);
  }

  /// A volume claim.
  ///
  /// @param name of the claim
  /// @param cluster the database that it says it belongs to
  /// @param member that wrote on it; empty if its record cannot be read
  /// @param state `Bound` (a member's), `Retained` (its member or its database has gone) or
  ///   `Suspect` (its record is not believed; it is neither used nor deleted)
  /// @param zone as its label says; empty if it has none
  /// @param size as it was asked for
  /// @param until when it is deleted, RFC 3339 in UTC; `forever`, or empty while a member uses it
  public record Volume(
      String namespace,
      String name,
      String cluster,
      String member,
      String state,
      String zone,
      String size,
      String until) {}

  @Override
  public List<String> text(Screen screen) {
    if (volumes.isEmpty()) {
      return List.of("no volumes");
    }
    var rows =
        volumes.stream()
            .map(it ->
                List.of(
                    it.namespace(),
                    it.name(),
                    it.state(),
                    it.zone(),
                    it.size(),
                    it.until().isEmpty() ? "-" : it.until(),
                    it.member().isEmpty() ? "-" : it.member()))
            .toList();
    return new Table(COLUMNS, List.of(6, 4, 3), rows).lines(screen.width());
  }

  @Override
  public Document document() {
    return this;
  }

  @Override
  public List<String> names() {
    return volumes.stream().map(it -> "persistentvolumeclaim/" + it.name()).toList();
  }
}
