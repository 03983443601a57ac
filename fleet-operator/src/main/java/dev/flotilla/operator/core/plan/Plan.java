package dev.flotilla.operator.core.plan;

import dev.flotilla.operator.core.step.Hold;
import dev.flotilla.operator.core.step.Step;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What shall be done now, in order, and what is held back.
public record Plan(List<Planned> steps, List<Hold> holds) {

  public Plan {
    steps = List.copyOf(steps);
    holds = List.copyOf(holds);
  }

  /// @param rule the rule that proposed it
  public record Planned(String rule, Step step) {}

  /// The plan as text, one line for each step and hold; same plan, same bytes.
  public String print() {
    var lines =
        steps.stream()
            .map(planned -> StepPrinter.print(planned.step()) + " rule=" + planned.rule());
    var held =
        holds.stream()
            .map(hold ->
                "hold reason=%s%s by=%s"
                    .formatted(
                        hold.reason().id(),
                        hold.subject().map(name -> " member=" + name).orElse(""),
                        hold.by()));
    return Stream.concat(lines, held).collect(Collectors.joining("\n"));
  }
}
