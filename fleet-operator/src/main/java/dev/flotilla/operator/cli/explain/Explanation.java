package dev.flotilla.operator.cli.explain;

import dev.flotilla.operator.cli.output.Printing;
import dev.flotilla.operator.cli.output.Screen;
import dev.flotilla.operator.document.Document;
import java.util.List;

/// Why a database is not as it should be.
///
/// @param phase a word for people; empty before the first report
/// @param current whether the report is on the newest specification
/// @param reported when the operator last changed its report, RFC 3339 in UTC; empty if never
/// @param serving whether it serves, in the operator's words
/// @param missing why the operator's plan is not known, so that what is held was read from its last
///   report alone; empty if it is known
/// @param held gravest first; empty if all is well
public record Explanation(
    String namespace,
    String name,
    String phase,
    boolean current,
    String reported,
    String serving,
    String missing,
    List<Held> held)
    implements Document, Printing {

  public Explanation {
    held = List.copyOf(held);
  }

  @Override
  public List<String> text(Screen screen) {
    return new ExplanationText(screen).lines(this);
  }

  @Override
  public Document document() {
    return this;
  }

  @Override
  public List<String> names() {
    return held.stream().map(Held::reason).toList();
  }
}
