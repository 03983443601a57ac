package dev.flotilla.operator.cli.about;

import dev.flotilla.operator.cli.output.Mark;
import dev.flotilla.operator.cli.output.Printing;
import dev.flotilla.operator.cli.output.Screen;
import dev.flotilla.operator.cli.output.Words;
import dev.flotilla.operator.document.Document;
import java.util.ArrayList;
import java.util.List;

/// Which versions meet, and whether they fit.
///
/// @param client of this program
/// @param operator of the operator that is installed; empty if it was not asked or is not known
/// @param resources what the API server serves, such as `flotilla.dev/v1alpha1`
/// @param skew what does not fit or could not be read; empty if all fits
public record Versions(
    String client, String operator, List<String> resources, List<Difference> skew)
    implements Document, Printing {

  /// Something that does not fit, or that could not be read.
  ///
  /// @param known false if it could not be read
  /// @param text what, and what to do about it
  public record Difference(boolean known, String text) {}

  public Versions {
    resources = List.copyOf(resources);
    skew = List.copyOf(skew);
  }

  boolean fit() {
    return skew.stream().noneMatch(Difference::known);
  }

  @Override
  public List<String> text(Screen screen) {
    var lines = new ArrayList<>(List.of("client     " + client));
    if (!operator.isEmpty()) {
      lines.add("operator   " + operator);
    }
    if (!resources.isEmpty()) {
      lines.add("resources  " + String.join(", ", resources));
    }
    skew.forEach(difference ->
        lines.addAll(
            Words.wrap(
                (difference.known() ? Mark.FAIL : Mark.UNKNOWN).sign(screen.unicode()) + " ",
                difference.text(),
                screen.width())));
    return lines;
  }

  @Override
  public Document document() {
    return this;
  }

  @Override
  public List<String> names() {
    return List.of("flotilla/" + client);
  }
}
