package dev.flotilla.operator.core.plan;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.step.Holder;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.step.StepType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Keeps `docs/reference/gates.md` and `steps.md` equal to the planner.
///
/// Run with `-Dflotilla.generate=true` to write the pages anew.
class PlannerPagesTest {

  private static final Path FOLDER = Path.of("..", "docs", "reference");

  @Test
  @Tag("UX-19")
  void everyGateAndRuleHasItsLine() throws IOException {
    hold("gates.md", gates());
  }

  @Test
  @Tag("UX-19")
  void everyStepHasItsLine() throws IOException {
    hold("steps.md", steps());
  }

  @Test
  void aStepIsNamedAsItsRecord() {
    assertThat(Arrays.stream(StepType.values()).map(StepType::id))
        .containsExactlyElementsOf(
            Arrays.stream(Step.class.getPermittedSubclasses()).map(Class::getSimpleName).toList());
  }

  private static void hold(String name, String content) throws IOException {
    var page = FOLDER.resolve(name);
    if (Boolean.getBoolean("flotilla.generate")) {
      Files.writeString(page, content);
    }
    assertThat(page).as("run this test with -Dflotilla.generate=true").hasContent(content);
  }

  private static String gates() {
    return """
    # Gates and rules

    What holds a step back, and what proposes one?
    This page is generated from `dev.flotilla.operator.core`; the names are stable.

    ## Gates

    They are asked in this order for every step. The first veto is the one that is reported; its reason leads to
    [the page of reasons](reasons.md), which says what to do.

    | Gate | What it is for | Its reasons |
    | --- | --- | --- |
    %s

    ## Rules

    They propose steps in this order. Those with reasons also know what they must not do.

    | Rule | What it is for | Its reasons |
    | --- | --- | --- |
    %s

    What next: [steps](steps.md), or `flotilla explain CLUSTER`.
    """
        .formatted(
            rows(Vetoes.ALL.stream()),
            rows(Stream.of(Agenda.KEEPING, Agenda.DELETING).flatMap(List::stream)));
  }

  private static String rows(Stream<? extends Holder> holders) {
    return holders
        .map(holder ->
            "| `%s` | %s | %s |"
                .formatted(
                    holder.name(),
                    holder.meaning(),
                    holder.reasons().stream().map(PlannerPagesTest::link).collect(joining(", "))))
        .collect(joining("\n"));
  }

  private static String link(Reason reason) {
    return "[%s](reasons.md#%s)".formatted(reason.id(), reason.id().toLowerCase(Locale.ROOT));
  }

  private static String steps() {
    return """
    # Steps

    What can the operator do?
    This page is generated from `dev.flotilla.operator.core.step`; there are no other steps.

    A destructive step ends something. At most one is executed before the world is looked at again.

    | Step | What it does | Destructive | Done twice |
    | --- | --- | --- | --- |
    %s

    What next: [gates](gates.md), which hold steps back.
    """
        .formatted(
            Arrays.stream(StepType.values())
                .map(type ->
                    "| `%s` | %s | %s | %s |"
                        .formatted(
                            type.id(),
                            type.meaning(),
                            type.kind() == Step.Kind.DESTRUCTIVE ? "yes" : "no",
                            type.repeated()))
                .collect(joining("\n")));
  }
}
