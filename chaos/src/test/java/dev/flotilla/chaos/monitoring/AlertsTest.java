package dev.flotilla.chaos.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.chaos.lab.DebianPackages;
import dev.flotilla.chaos.lab.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The alert rules, checked and run by Prometheus' own tool.
@Tag("control-plane")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AlertsTest {

  private static final Path MONITORING = Path.of("..", "monitoring");
  private static final Path METRICS = Path.of("..", "docs", "reference", "metrics.md");

  private String promtool;

  /// Downloads it once.
  @BeforeAll
  void getTool() {
    var packages = DebianPackages.unpacked("packages-monitoring.txt");
    promtool = packages.resolve("usr/bin/promtool").toString();
  }

  @Test
  @Tag("R59")
  void eachRuleFiresWhereItShouldAndNowhereElse() throws IOException, InterruptedException {
    var tests = Ended.of(List.of(promtool, "test", "rules", file("alerts-test.yaml")));

    assertThat(tests.code()).as(tests.text()).isZero();
  }

  @Test
  @Tag("R59")
  void eachRuleIsTestedAndLooksAtWhatThereIs() throws IOException, InterruptedException {
    var check = Ended.of(List.of(promtool, "check", "rules", file("alerts.yaml")));
    var rules = Files.readString(MONITORING.resolve("alerts.yaml"));
    var tests = Files.readString(MONITORING.resolve("alerts-test.yaml"));
    var metrics = Files.readString(METRICS);

    assertThat(check.code()).as(check.text()).isZero();
    assertThat(found("alert: (\\w+)", rules)).isNotEmpty().allMatch(tests::contains);
    assertThat(found("expr: .*?(flotilla_\\w+)", rules))
        .isNotEmpty()
        .allMatch(metric -> metrics.contains(metric.replaceAll("_(count|sum|bucket)$", "")));
  }

  private static List<String> found(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results().map(it -> it.group(1)).toList();
  }

  private static String file(String name) {
    return MONITORING.resolve(name).toString();
  }
}
