package dev.flotilla.operator.core.plan;

import dev.flotilla.operator.core.step.Hold;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.topology.model.Zone;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What shall be done now, in order, and what is held back.
///
/// @param wake when time alone may have ended one of the holds; empty if only an event can
/// @param waiting zones of members that are to be disrupted once other databases leave a place
public record Plan(
    List<Planned> steps, List<Hold> holds, Optional<Instant> wake, SortedSet<Zone> waiting) {

  /// Nothing to do, and nothing held.
  public static final Plan NOTHING = new Plan(List.of(), List.of(), Optional.empty());

  /// How often a pass plans at most; one that has nothing new to do ends earlier.
  public static final int MAX_ROUNDS = 32;

  public Plan {
    steps = List.copyOf(steps);
    holds = List.copyOf(holds);
    waiting = Collections.unmodifiableSortedSet(new TreeSet<>(waiting));
  }

  /// One that waits for no other database.
  public Plan(List<Planned> steps, List<Hold> holds, Optional<Instant> wake) {
    this(steps, holds, wake, Collections.emptySortedSet());
  }

  /// @param rule the rule that proposed it
  public record Planned(String rule, Step step) {

    /// As one line.
    public String print() {
      return StepPrinter.print(step) + " rule=" + rule;
    }
  }

  /// Whether it asks for nothing beyond what was done already: then somebody else has to move
  /// first.
  public boolean isDone(Set<Step> done) {
    return steps.stream().allMatch(planned -> done.contains(planned.step()));
  }

  /// What is carried out before the world is looked at again: everything up to the first step that
  /// destroys something, with that step.
  public List<Planned> upToDestruction() {
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i).step().kind() == Step.Kind.DESTRUCTIVE) {
        return steps.subList(0, i + 1);
      }
    }
    return steps;
  }

  /// The plan as text, one line for each step and hold; same plan, same bytes.
  public String print() {
    var lines = steps.stream().map(Planned::print);
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
