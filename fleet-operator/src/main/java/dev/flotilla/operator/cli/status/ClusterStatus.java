package dev.flotilla.operator.cli.status;

import dev.flotilla.operator.cli.output.Printing;
import dev.flotilla.operator.cli.output.Screen;
import dev.flotilla.operator.document.Document;
import java.util.List;

/// How one database is.
public record ClusterStatus(ClusterSheet cluster) implements Document, Printing {

  @Override
  public List<String> text(Screen screen) {
    return new ClusterText(screen).lines(cluster);
  }

  @Override
  public Document document() {
    return this;
  }

  @Override
  public List<String> names() {
    return List.of(Printing.database(cluster.name()));
  }
}
