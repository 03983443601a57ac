package dev.flotilla.house;

import dev.flotilla.house.TestResult.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/// Writes down what became of each test of a module, for the report of `./build verify`.
///
/// JUnit finds it by itself; the file is written anew at the end of every test plan.
public final class AcceptanceListener implements TestExecutionListener {

  /// A class whose own set-up and tear-down take less is not worth a line of its own.
  private static final double WORTH_A_LINE_SECONDS = 1;

  private final Path file;
  private final List<TestResult> results = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, Long> startedNanos = new ConcurrentHashMap<>();
  private final Map<String, Double> secondsOfTests = new ConcurrentHashMap<>();
  private TestPlan plan;

  /// For JUnit: writes below the module's folder, which is where Maven starts its tests.
  public AcceptanceListener() {
    this(Path.of(System.getProperty("basedir", "."), "target", "acceptance.json"));
  }

  AcceptanceListener(Path file) {
    this.file = file;
  }

  @Override
  public void testPlanExecutionStarted(TestPlan testPlan) {
    plan = testPlan;
  }

  @Override
  public void executionStarted(TestIdentifier test) {
    startedNanos.put(test.getUniqueId(), System.nanoTime());
  }

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    leavesOf(test).forEach(leaf -> add(leaf, Outcome.SKIPPED, reason, 0));
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    var began = startedNanos.getOrDefault(test.getUniqueId(), System.nanoTime());
    var seconds = (System.nanoTime() - began) / 1e9;
    switch (result.getStatus()) {
      case ABORTED -> {
        var why = result.getThrowable().map(Throwable::getMessage).orElse("no reason given");
        leavesOf(test).forEach(leaf -> add(leaf, Outcome.SKIPPED, why, 0));
      }
      case FAILED ->
          add(
              test,
              Outcome.FAILED,
              result.getThrowable().map(Throwable::toString).orElse(""),
              seconds);
      case SUCCESSFUL -> {
        if (test.isTest()) {
          add(test, Outcome.PASSED, "", seconds);
        }
      }
    }
    if (test.isTest()) {
      secondsOfTests.merge(nameOfClass(test), seconds, Double::sum);
    } else if (test.getSource().orElse(null) instanceof ClassSource) {
      addOwnTime(test, seconds);
    }
  }

  @Override
  public void testPlanExecutionFinished(TestPlan testPlan) {
    AcceptanceFile.of(List.copyOf(results)).write(file);
  }

  /// What a class takes beside its tests is where shared clusters start: it must not be invisible.
  private void addOwnTime(TestIdentifier testClass, double seconds) {
    var own = seconds - secondsOfTests.getOrDefault(nameOfClass(testClass), 0.0);
    if (own > WORTH_A_LINE_SECONDS) {
      results.add(
          new TestResult(
              nameOfClass(testClass) + ": set-up and tear-down",
              new TreeSet<>(),
              Outcome.SET_UP,
              "",
              own));
    }
  }

  private void add(TestIdentifier test, Outcome outcome, String reason, double seconds) {
    var tags = new TreeSet<String>();
    withParents(test).flatMap(it -> it.getTags().stream()).map(TestTag::getName).forEach(tags::add);
    var name = nameOfClass(test) + ": " + test.getDisplayName();
    results.add(new TestResult(name, tags, outcome, reason, seconds));
  }

  /// A test that is made while others run has no tags of its own: those of the method that made it
  /// count for it.
  private Stream<TestIdentifier> withParents(TestIdentifier test) {
    return Stream.concat(Stream.of(test), plan.getParent(test).stream().flatMap(this::withParents));
  }

  /// The tests below a test or container; a container whose tests are not known yet counts as one.
  private Stream<TestIdentifier> leavesOf(TestIdentifier test) {
    var children = plan.getChildren(test);
    return children.isEmpty() ? Stream.of(test) : children.stream().flatMap(this::leavesOf);
  }

  private static String nameOfClass(TestIdentifier test) {
    var name =
        switch (test.getSource().orElse(null)) {
          case MethodSource method -> method.getClassName();
          case ClassSource type -> type.getClassName();
          case null, default -> test.getLegacyReportingName();
        };
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
