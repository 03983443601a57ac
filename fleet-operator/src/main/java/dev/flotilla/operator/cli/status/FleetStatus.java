package dev.flotilla.operator.cli.status;

import dev.flotilla.operator.cli.output.Printing;
import dev.flotilla.operator.cli.output.Screen;
import dev.flotilla.operator.document.Document;
import java.util.List;

/// How all databases are.
///
/// @param clusters in the order of the API server
public record FleetStatus(List<ClusterSheet> clusters) implements Document, Printing {

  public FleetStatus {
    clusters = List.copyOf(clusters);
  }

  @Override
  public List<String> text(Screen screen) {
    return new FleetText(screen).lines(clusters);
  }

  @Override
  public Document document() {
    return this;
  }

  @Override
  public List<String> names() {
    return clusters.stream().map(ClusterSheet::name).map(Printing::database).toList();
  }
}
