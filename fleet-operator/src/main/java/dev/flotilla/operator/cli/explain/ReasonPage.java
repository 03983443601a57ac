package dev.flotilla.operator.cli.explain;

import dev.flotilla.crds.condition.Attention;
import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.cli.output.Printing;
import dev.flotilla.operator.cli.output.Screen;
import dev.flotilla.operator.document.Document;
import java.util.List;
import java.util.Map;

/// What a reason means, whichever database it is about.
///
/// @param reason a stable word of docs/reference/reasons.md
/// @param means one sentence that says what is the case
/// @param cause one sentence that says what usually leads to it
/// @param safe why the data is safe meanwhile
/// @param remedy the smallest act that ends it
/// @param by the gates and rules that give this reason; empty if it is a finding of the report
/// @param waysOut from the least risk to the most
public record ReasonPage(
    String reason,
    Attention attention,
    String means,
    String cause,
    String safe,
    String remedy,
    List<Held.By> by,
    List<Held.Way> waysOut)
    implements Document, Printing {

  public ReasonPage {
    by = List.copyOf(by);
    waysOut = List.copyOf(waysOut);
  }

  /// @param program what to type for this program
  static ReasonPage of(Reason reason, String program) {
    return new ReasonPage(
        reason.id(),
        reason.attention(),
        reason.meaning(),
        reason.cause(),
        reason.safeState(),
        reason.remedy(),
        Held.givers(reason),
        Held.waysOut(reason, Map.of("flotilla", program)));
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
    return List.of(reason);
  }
}
