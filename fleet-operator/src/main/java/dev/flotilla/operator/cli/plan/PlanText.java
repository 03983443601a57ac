package dev.flotilla.operator.cli.plan;

import dev.flotilla.operator.cli.output.Mark;
import dev.flotilla.operator.cli.output.Screen;
import dev.flotilla.operator.cli.output.Table;
import dev.flotilla.operator.cli.output.Words;
import dev.flotilla.operator.document.PlanSheet;
import dev.flotilla.operator.document.PlanSheet.Held;
import dev.flotilla.operator.document.PlannedStep;
import dev.flotilla.operator.document.PlannedStep.Act;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A plan for people: the steps, what is held, and what there is afterwards.
final class PlanText {

  /// Up to so many steps have a line each; of more, those that are alike share one.
  private static final int STEPS_SHOWN = 24;

  /// Number, sign, act, object, member, pool and zone, reason, detail.
  private static final List<String> COLUMNS = List.of("", "", "", "", "", "", "", "");

  private final Screen screen;

  PlanText(Screen screen) {
    this.screen = screen;
  }

  List<String> lines(PlanSheet plan) {
    var lines = new ArrayList<>(Words.wrap("", headline(plan), screen.width()));
    lines.addAll(steps(plan.steps()));
    plan.held().forEach(held -> lines.addAll(held(held)));
    lines.addAll(Words.wrap("", after(plan.after()), screen.width()));
    lines.addAll(Words.wrap("", counts(plan), screen.width()));
    return lines;
  }

  private String headline(PlanSheet plan) {
    return "Plan %s for %s, generation %d, revision %d; nothing is changed.   %s"
        .formatted(plan.id(), plan.title(), plan.generation(), plan.revision(), legend());
  }

  private String legend() {
    return "%s create  %s remove  %s change  %s held"
        .formatted(sign(Mark.CREATE), sign(Mark.REMOVE), sign(Mark.CHANGE), sign(Mark.WARN));
  }

  private List<String> steps(List<PlannedStep> steps) {
    if (steps.isEmpty()) {
      return List.of("nothing to do");
    }
    boolean folded = steps.size() > STEPS_SHOWN && !screen.isUnlimited();
    var groups = folded ? alike(steps) : steps.stream().map(List::of).toList();
    return new Table(COLUMNS, List.of(7, 6), groups.stream().map(this::row).toList())
        .rows(screen.width());
  }

  /// Neighbours that differ in nothing but their member, together.
  private static List<List<PlannedStep>> alike(List<PlannedStep> steps) {
    var groups = new ArrayList<List<PlannedStep>>();
    for (PlannedStep step : steps) {
      if (!groups.isEmpty() && isAlike(groups.getLast().getLast(), step)) {
        groups.getLast().add(step);
      } else {
        groups.add(new ArrayList<>(List.of(step)));
      }
    }
    return groups;
  }

  private static boolean isAlike(PlannedStep left, PlannedStep right) {
    return !left.member().isEmpty()
        && !right.member().isEmpty()
        && left.step().equals(right.step())
        && left.act() == right.act()
        && left.reason().equals(right.reason())
        && left.detail().equals(right.detail());
  }

  private List<String> row(List<PlannedStep> alike) {
    var first = alike.getFirst();
    boolean one = alike.size() == 1;
    return List.of(
        one ? number(first) : first.number() + "-" + alike.getLast().number(),
        sign(mark(first.act())),
        first.act().name().toLowerCase(Locale.ROOT),
        first.object(),
        one ? first.member() : alike.size() + " members",
        one ? place(first) : spread(alike),
        first.reason(),
        first.detail());
  }

  private static String number(PlannedStep step) {
    return "%2d".formatted(step.number());
  }

  private static String place(PlannedStep step) {
    if (!step.zone().isEmpty()) {
      return "zone " + step.zone();
    }
    return step.pool().isEmpty() ? "" : "pool " + step.pool();
  }

  private static String spread(List<PlannedStep> alike) {
    var zones = new TreeMap<String, Integer>();
    alike.forEach(step -> zones.merge(step.zone(), 1, Integer::sum));
    return zones.entrySet().stream()
        .map(zone -> zone.getKey() + zone.getValue())
        .collect(Collectors.joining(" "));
  }

  private static Mark mark(Act act) {
    return switch (act) {
      case CREATE -> Mark.CREATE;
      case REMOVE -> Mark.REMOVE;
      case CHANGE -> Mark.CHANGE;
    };
  }

  private List<String> held(Held held) {
    return Words.wrap(
        sign(Mark.WARN) + " ",
        "%s, held by %s: %s".formatted(held.reason(), held.by(), held.message()),
        screen.width());
  }

  private String after(PlanSheet.After after) {
    var zones =
        after.zones().stream()
            .map(zone -> zone.name() + zone.members())
            .collect(Collectors.joining(" "));
    var parts =
        new ArrayList<>(
            List.of(
                "after: zones " + zones, "members " + after.members(), "voters " + after.voters()));
    if (after.starting() > 0) {
      parts.add(after.starting() + " yet to start or join");
    }
    return String.join(screen.unicode() ? " · " : " - ", parts);
  }

  private String counts(PlanSheet plan) {
    var text =
        new StringBuilder(
            "%d to create, %d to remove, %d to change, %d held."
                .formatted(
                    count(plan, Act.CREATE),
                    count(plan, Act.REMOVE),
                    count(plan, Act.CHANGE),
                    plan.held().size()));
    if (!plan.facts().isEmpty()) {
      text.append(" Facts: ")
          .append(
              plan.facts().stream()
                  .map(fact -> fact.of() + " " + Words.age(fact.readAt(), plan.at()))
                  .collect(Collectors.joining(", ")))
          .append(" old.");
    }
    if (!plan.unknown().isEmpty()) {
      text.append(" Unknown: ")
          .append(
              plan.unknown().stream()
                  .map(gap -> "%s (%s)".formatted(gap.of(), gap.why()))
                  .collect(Collectors.joining(", ")))
          .append('.');
    }
    return text.toString();
  }

  private static long count(PlanSheet plan, Act act) {
    return plan.steps().stream().filter(step -> step.act() == act).count();
  }

  private String sign(Mark mark) {
    return mark.sign(screen.unicode());
  }
}
