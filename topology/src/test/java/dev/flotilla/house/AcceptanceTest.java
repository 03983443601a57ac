package dev.flotilla.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/// Runs a small test class of its own, with made-up ids, through JUnit and reads what the listener
/// and the report say.
class AcceptanceTest {

  /// Not found by Maven, because it is nested: it exists to be run by the tests below.
  static class Sample {
    @Test
    @Tag("XX-1")
    void plain() {}

    @Test
    @Tag("XX-1")
    @Tag("long")
    void hours() {
      fail("was not asked for");
    }

    @Test
    @Tag("XX-2")
    @Tag("cluster")
    void onCluster() {
      abort("no cluster here");
    }
  }

  @TempDir private Path folder;

  @Test
  void countsRunsAndSkipsOfEachId() {
    var ids = AcceptanceFile.read(run("cluster")).ids();

    assertThat(ids).containsOnlyKeys("XX-1", "XX-2");
    assertThat(ids.get("XX-1").run()).isEqualTo(1);
    assertThat(ids.get("XX-1").skipped()).isEqualTo(1);
    assertThat(ids.get("XX-2").run()).isZero();
  }

  @Test
  void reportsWhatDidNotRunWithItsReason() {
    var report = new AcceptanceReport(AcceptanceFile.read(run("cluster")).tests());

    assertThat(report.text())
        .contains("    1  takes hours: ./build verify --long")
        .contains("    1  no cluster here")
        .endsWith("1 passed, 0 failed, 2 skipped");
    assertThat(report.missing())
        .containsExactly(
            "acceptance id XX-2",
            "cluster test AcceptanceTest$Sample: onCluster() (no cluster here)");
  }

  @Test
  void aTierThatWasNotAskedForIsSkipped() {
    var report = new AcceptanceReport(AcceptanceFile.read(run("")).tests());

    assertThat(report.text()).contains("    1  " + Tier.CLUSTER.need());
  }

  @Test
  void aTierThatWasAskedForRuns() {
    var results = AcceptanceFile.read(run("long")).tests();

    assertThat(results)
        .filteredOn(result -> result.outcome() == TestResult.Outcome.FAILED)
        .singleElement()
        .extracting(TestResult::test)
        .isEqualTo("AcceptanceTest$Sample: hours()");
  }

  private Path run(String tiers) {
    var file = folder.resolve("acceptance.json");
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectClass(Sample.class))
            .configurationParameter(TierCondition.PARAMETER, tiers)
            .build();
    var alone = LauncherConfig.builder().enableTestExecutionListenerAutoRegistration(false).build();
    LauncherFactory.create(alone).execute(request, new AcceptanceListener(file));
    return file;
  }
}
