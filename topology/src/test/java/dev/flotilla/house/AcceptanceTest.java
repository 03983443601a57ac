package dev.flotilla.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
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

  /// Makes its tests while it runs; they carry no tags themselves.
  static class MakesTests {
    @TestFactory
    @Tag("XX-3")
    Stream<DynamicTest> several() {
      return Stream.of(
          dynamicTest("good", () -> {}), dynamicTest("bad", () -> fail("is meant to fail")));
    }
  }

  @TempDir private Path folder;

  @Test
  void testsThatAreMadeWhileItRunsCountForTheIdOfTheirMaker() {
    var file = AcceptanceFile.read(run("", MakesTests.class));

    assertThat(file.ids().get("XX-3").run()).isEqualTo(2);
    assertThat(file.ids().get("XX-3").failed()).isEqualTo(1);
    assertThat(file.tests())
        .extracting(TestResult::test)
        .containsExactly("AcceptanceTest$MakesTests: good", "AcceptanceTest$MakesTests: bad");
  }

  @Test
  void countsRunsAndSkipsOfEachId() {
    var ids = AcceptanceFile.read(run("cluster")).ids();

    assertThat(ids).containsOnlyKeys("XX-1", "XX-2");
    assertThat(ids.get("XX-1").run()).isEqualTo(1);
    assertThat(ids.get("XX-1").skipped()).isEqualTo(1);
    assertThat(ids.get("XX-2").run()).isZero();
  }

  @Test
  void reportsHowATestFailed() {
    var report = new AcceptanceReport(AcceptanceFile.read(run("", MakesTests.class)).tests());

    assertThat(report.text())
        .contains("Failed\n  AcceptanceTest$MakesTests: bad\n      ")
        .contains("is meant to fail")
        .endsWith("1 passed, 1 failed, 0 skipped");
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
    return run(tiers, Sample.class);
  }

  private Path run(String tiers, Class<?> tests) {
    var file = folder.resolve("acceptance.json");
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectClass(tests))
            .configurationParameter(TierCondition.PARAMETER, tiers)
            .build();
    var alone = LauncherConfig.builder().enableTestExecutionListenerAutoRegistration(false).build();
    LauncherFactory.create(alone).execute(request, new AcceptanceListener(file));
    return file;
  }
}
