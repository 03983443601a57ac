package dev.flotilla.house;

import dev.flotilla.house.AcceptanceFile.Tally;
import dev.flotilla.house.TestResult.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The end of `./build verify`: what was proven, what was slow, what was not run and why, what
/// failed.
///
/// On a build server (environment `CI=true`) an acceptance id of which no test ran, and a cluster
/// test that was left out, are failures: elsewhere a machine may lack what they need.
final class AcceptanceReport {

  private static final int SLOWEST = 10;

  /// Of how a test failed: the whole of it may be thousands of lines, and is in Maven's own
  /// reports.
  private static final int LINES_OF_A_FAILURE = 12;

  private final List<TestResult> results;

  AcceptanceReport(List<TestResult> results) {
    this.results = List.copyOf(results);
  }

  /// Prints the report on all modules below the folder `args[0]`; exit code 1 if something that had
  /// to run did not.
  public static void main(String[] args) throws IOException {
    var results = new ArrayList<TestResult>();
    try (var modules = Files.list(Path.of(args[0]))) {
      modules.sorted().forEach(module -> results.addAll(resultsOf(module)));
    }
    var report = new AcceptanceReport(results);
    IO.println(report.text());
    var missing = report.missing();
    if (Boolean.parseBoolean(System.getenv("CI")) && !missing.isEmpty()) {
      IO.println("Had to run here and did not:\n  " + String.join("\n  ", missing));
      System.exit(1);
    }
  }

  private static List<TestResult> resultsOf(Path module) {
    var file = module.resolve("target/acceptance.json");
    return Files.exists(file)
        ? AcceptanceFile.read(file).tests().stream()
            .map(result -> result.in(module.getFileName().toString()))
            .toList()
        : List.of();
  }

  /// The whole report, ending in a line of counts.
  String text() {
    var sections = new ArrayList<String>();
    sections.add(failures());
    sections.add(acceptance());
    sections.add(slowest());
    sections.add(leftOut());
    sections.add(
        "%d passed, %d failed, %d skipped"
            .formatted(count(Outcome.PASSED), count(Outcome.FAILED), count(Outcome.SKIPPED)));
    return sections.stream()
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining("\n\n", "\n", ""));
  }

  /// What a build server does not accept: ids of which no test ran, cluster tests left out.
  List<String> missing() {
    var missing = new ArrayList<String>();
    AcceptanceFile.of(results)
        .ids()
        .forEach((id, tally) -> {
          if (tally.run() == 0) {
            missing.add("acceptance id " + id);
          }
        });
    results.stream()
        .filter(TestResult::isClusterTestLeftOut)
        .map(result -> "cluster test " + result.test() + " (" + result.reason() + ")")
        .forEach(missing::add);
    return missing;
  }

  private String acceptance() {
    var ids = AcceptanceFile.of(results).ids();
    if (ids.isEmpty()) {
      return "";
    }
    var lines = new StringBuilder("Acceptance   ran  failed  skipped  seconds");
    ids.forEach((id, tally) -> lines.append('\n').append(row(id, tally)));
    return lines.toString();
  }

  private static String row(String id, Tally tally) {
    return "  %-8s %5d %7d %8d %8.1f"
        .formatted(id, tally.run(), tally.failed(), tally.skipped(), tally.seconds());
  }

  private String slowest() {
    return results.stream()
        .filter(result -> !result.isSkipped())
        .sorted(TestResult.SLOWEST_FIRST)
        .limit(SLOWEST)
        .map(result -> "  %7.1f s  %s".formatted(result.seconds(), result.test()))
        .collect(Collectors.joining("\n", "Slowest\n", ""));
  }

  private String leftOut() {
    if (count(Outcome.SKIPPED) == 0) {
      return "";
    }
    var byReason =
        results.stream()
            .filter(TestResult::isSkipped)
            .collect(
                Collectors.groupingBy(TestResult::reason, TreeMap::new, Collectors.counting()));
    return byReason.entrySet().stream()
        .map(entry -> "  %5d  %s".formatted(entry.getValue(), entry.getKey()))
        .collect(Collectors.joining("\n", "Not run\n", ""));
  }

  /// Comes first: build servers cut what they show of a long report.
  private String failures() {
    if (count(Outcome.FAILED) == 0) {
      return "";
    }
    return results.stream()
        .filter(result -> result.outcome() == Outcome.FAILED)
        .map(result ->
            result
                .reason()
                .lines()
                .limit(LINES_OF_A_FAILURE)
                .map(line -> "\n      " + line)
                .collect(Collectors.joining("", "  " + result.test(), "")))
        .collect(Collectors.joining("\n", "Failed\n", ""));
  }

  private long count(Outcome outcome) {
    return results.stream().filter(result -> result.outcome() == outcome).count();
  }
}
