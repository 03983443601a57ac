package dev.flotilla.operator.cli.status;

import dev.flotilla.operator.cli.output.Screen;
import dev.flotilla.operator.cli.output.Table;
import dev.flotilla.operator.cli.output.Words;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// All databases on one screen: counts, then those that need somebody, then those in work. Those
/// that are fine are named as long as there is room.
final class FleetText {

  private static final int LINES = 23;
  private static final List<String> COLUMNS =
      List.of("", "DATABASE", "SINCE", "READY", "ZONES", "REASON", "ENGINE");
  private static final List<Integer> DISPENSABLE = List.of(6, 4);

  private final Screen screen;

  FleetText(Screen screen) {
    this.screen = screen;
  }

  /// At most 23 lines.
  List<String> lines(List<ClusterSheet> fleet) {
    if (fleet.isEmpty()) {
      return List.of("no databases; make one with kubectl apply -f samples/shop-search.yaml");
    }
    var lines = new ArrayList<>(Words.wrap("", counts(fleet), screen.width()));
    var sorted =
        fleet.stream()
            .sorted(
                Comparator.comparing(ClusterSheet::verdict)
                    .thenComparing(FleetText::oldest)
                    .thenComparing(ClusterSheet::title))
            .toList();
    int room = LINES - lines.size() - 2;
    var shown = sorted.subList(0, Math.min(room, sorted.size()));
    lines.addAll(
        new Table(COLUMNS, DISPENSABLE, shown.stream().map(this::row).toList())
            .lines(screen.width()));
    if (shown.size() < sorted.size()) {
      lines.add("and %,d more: -o json".formatted(sorted.size() - shown.size()));
    }
    return lines;
  }

  private static String counts(List<ClusterSheet> fleet) {
    var parts = new ArrayList<String>();
    long problems = count(fleet, Verdict.PROBLEM);
    parts.add("%,d %s".formatted(problems, problems == 1 ? "needs you" : "need you"));
    parts.add("%,d working".formatted(count(fleet, Verdict.WORKING)));
    long unknown = count(fleet, Verdict.UNKNOWN);
    if (unknown > 0) {
      parts.add("%,d unknown".formatted(unknown));
    }
    parts.add("%,d fine".formatted(count(fleet, Verdict.FINE)));
    return "%,d %s: %s"
        .formatted(
            fleet.size(), fleet.size() == 1 ? "database" : "databases", String.join(", ", parts));
  }

  private static long count(List<ClusterSheet> fleet, Verdict verdict) {
    return fleet.stream().filter(sheet -> sheet.verdict() == verdict).count();
  }

  private static Instant oldest(ClusterSheet sheet) {
    return gravest(sheet).map(ClusterSheet.Finding::since).findFirst().orElse(Instant.MAX);
  }

  private static Stream<ClusterSheet.Finding> gravest(ClusterSheet sheet) {
    return sheet.findings().stream().limit(1);
  }

  private List<String> row(ClusterSheet sheet) {
    return List.of(
        sheet.verdict().mark(screen.unicode()),
        sheet.title(),
        gravest(sheet)
            .map(finding -> Words.age(finding.since(), screen.now()))
            .findFirst()
            .orElse(""),
        sheet.ready(),
        sheet.spread(),
        gravest(sheet).map(ClusterSheet.Finding::reason).findFirst().orElse(""),
        sheet.engine());
  }
}
