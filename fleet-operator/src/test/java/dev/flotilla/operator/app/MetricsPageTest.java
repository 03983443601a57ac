package dev.flotilla.operator.app;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.topology.model.ClusterRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Keeps `docs/reference/metrics.md` equal to what `/metrics` says.
///
/// Run with `-Dflotilla.generate=true` to write the page anew.
class MetricsPageTest {

  private static final Path PAGE = Path.of("..", "docs", "reference", "metrics.md");
  private static final Pattern ABOUT = Pattern.compile("# (HELP|TYPE) (flotilla_\\S+) (.*)");
  private static final Pattern SAMPLE = Pattern.compile("(flotilla_[a-z_]+)\\{(.*)} .*");
  private static final Pattern LABEL = Pattern.compile("([a-z]+)=\"");

  private static final ClusterRef SEARCH = new ClusterRef("shop", "search");

  private final Metrics metrics = new Metrics(InstantSource.system());

  @Test
  void thePageSaysWhatIsMeasured() throws IOException {
    var page = page();

    if (Boolean.getBoolean("flotilla.generate")) {
      Files.writeString(PAGE, page);
    }

    assertThat(PAGE).as("run this test with -Dflotilla.generate=true").hasContent(page);
  }

  @Test
  void requestsAreCountedByWhatWasAskedAndAnswered() {
    metrics.kubeRequest("patch", "databaseclusters/status", "200");
    metrics.kubeRequest("patch", "databaseclusters/status", "200");
    metrics.kubeRequest("list", "pods", "error");

    assertThat(metrics.scrape())
        .contains(
            "flotilla_kube_requests_total{code=\"200\",resource=\"databaseclusters/status\","
                + "verb=\"patch\"} 2.0",
            "flotilla_kube_requests_total{code=\"error\",resource=\"pods\",verb=\"list\"} 1.0");
  }

  /// One row for each metric, from the text that a collector reads.
  private String page() {
    metrics.acting(() -> 1, () -> 7);
    metrics.volumes("bound", () -> 3);
    metrics.passEnded(SEARCH, "ended", Duration.ofMillis(3));
    metrics.stepEnded("CreatePod", "done");
    metrics.kubeRequest("create", "pods", "201");
    metrics.problems(List.of(new Metrics.Problem(SEARCH, "NodeUnknown", Instant.EPOCH)));
    var text = metrics.scrape();
    var rows = new TreeMap<String, String[]>();
    ABOUT
        .matcher(text)
        .results()
        .forEach(line ->
            rows.computeIfAbsent(line.group(2), name -> new String[2])[
                    "TYPE".equals(line.group(1)) ? 0 : 1] =
                line.group(3));
    return """
    # Metrics

    What does `/metrics` of the operator say?
    This page is generated from the operator's own answer; beside these there are figures of the Java process
    (`jvm_…`, `process_…`, `system_…`). The names are stable.

    | Metric | Kind | Labels | Meaning |
    | --- | --- | --- | --- |
    %s
    """
        .formatted(
            rows.entrySet().stream()
                .map(row ->
                    "| `%s` | %s | %s | %s |"
                        .formatted(
                            row.getKey(),
                            row.getValue()[0],
                            labels(text, row.getKey()),
                            row.getValue()[1]))
                .collect(joining("\n")));
  }

  private static String labels(String text, String metric) {
    var found = new TreeSet<String>();
    SAMPLE
        .matcher(text)
        .results()
        .filter(sample -> sample.group(1).startsWith(metric))
        .forEach(sample ->
            LABEL.matcher(sample.group(2)).results().map(it -> it.group(1)).forEach(found::add));
    found.remove("le");
    return found.stream().map(label -> "`" + label + "`").collect(joining(", "));
  }
}
