package dev.flotilla.operator.cli.explain;

import dev.flotilla.operator.cli.output.Screen;
import dev.flotilla.operator.cli.output.Words;
import dev.flotilla.operator.cli.status.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// An explanation for people: how safe the data is comes first, then why it waits, then the ways
/// out. Commands stand on lines of their own and are never broken.
final class ExplanationText {

  private final Screen screen;

  ExplanationText(Screen screen) {
    this.screen = screen;
  }

  List<String> lines(Explanation explanation) {
    var lines = new ArrayList<>(Words.wrap("", headline(explanation), screen.width()));
    if (!explanation.serving().isEmpty()) {
      lines.addAll(fact("serves", explanation.serving()));
    }
    if (!explanation.current()) {
      lines.addAll(fact("age", age(explanation)));
    }
    if (!explanation.missing().isEmpty()) {
      lines.addAll(fact("plan", explanation.missing() + reportedAgo(explanation)));
    }
    explanation
        .held()
        .forEach(held -> {
          lines.add("");
          lines.addAll(lines(held));
        });
    return lines;
  }

  List<String> lines(ReasonPage page) {
    var lines = new ArrayList<String>();
    lines.add(page.reason() + " (" + page.attention().name().toLowerCase(Locale.ROOT) + ")");
    lines.addAll(fact("means", page.means()));
    lines.addAll(fact("cause", page.cause()));
    lines.addAll(fact("safe", page.safe()));
    lines.addAll(fact("do", page.remedy()));
    page.by().forEach(by -> lines.addAll(fact(by.kind(), by.name() + ": " + by.meaning())));
    lines.addAll(ways(page.waysOut()));
    return lines;
  }

  private String headline(Explanation explanation) {
    var name = explanation.namespace() + "/" + explanation.name();
    var parts = new ArrayList<>(List.of(name));
    if (!explanation.phase().isEmpty()) {
      parts.add(explanation.phase());
    }
    long problems =
        explanation.held().stream().filter(held -> held.verdict() == Verdict.PROBLEM).count();
    int others = explanation.held().size() - (int) problems;
    if (problems > 0) {
      parts.add(problems + (problems == 1 ? " needs you" : " need you"));
    }
    if (others > 0) {
      parts.add(others + " in progress or unknown");
    }
    if (explanation.held().isEmpty() && explanation.current()) {
      parts.add("nothing is held");
    }
    return String.join(screen.unicode() ? " · " : " - ", parts);
  }

  private String age(Explanation explanation) {
    return explanation.reported().isEmpty()
        ? "no operator has reported on it yet; is one running?"
        : "the newest specification has not been looked at yet; what follows was reported "
            + Words.age(Instant.parse(explanation.reported()), screen.now())
            + " ago";
  }

  private String reportedAgo(Explanation explanation) {
    return explanation.reported().isEmpty()
        ? ""
        : ", " + Words.age(Instant.parse(explanation.reported()), screen.now()) + " ago";
  }

  private List<String> lines(Held held) {
    var lines = new ArrayList<String>();
    var since =
        held.since().isEmpty() ? "" : " " + Words.age(Instant.parse(held.since()), screen.now());
    var about = held.members().isEmpty() ? "" : ": " + String.join(", ", held.members());
    lines.addAll(
        Words.wrap(
            held.verdict().mark(screen.unicode()) + " ",
            held.reason() + since + about,
            screen.width()));
    lines.addAll(fact("safe", held.safe()));
    held.by().forEach(by -> lines.addAll(fact(by.kind(), by.name() + ": " + by.meaning())));
    lines.addAll(fact("what", held.what()));
    lines.addAll(fact("engine", held.engine()));
    lines.addAll(fact("means", held.means()));
    lines.addAll(fact("cause", held.cause()));
    lines.addAll(ways(held.waysOut()));
    lines.addAll(fact("again", held.asksAgain()));
    return lines;
  }

  private List<String> ways(List<Held.Way> ways) {
    var lines = new ArrayList<String>();
    if (!ways.isEmpty()) {
      lines.add("  ways out, the least risk first");
    }
    int number = 1;
    for (var way : ways) {
      lines.addAll(
          Words.wrap("  %2d ".formatted(number), way.name() + ": " + way.cost(), screen.width()));
      lines.add("       " + way.command());
      number++;
    }
    return lines;
  }

  private List<String> fact(String name, String text) {
    return text.isEmpty() ? List.of() : Words.wrap("  %-7s".formatted(name), text, screen.width());
  }
}
