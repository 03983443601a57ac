package dev.flotilla.house;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Comparator;
import java.util.SortedSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What became of one test, as one entry of `target/acceptance.json`.
///
/// @param test simple class name and display name
/// @param tags all its tags, also those of its class
/// @param outcome what became of it
/// @param reason why it was skipped, or how it failed; empty otherwise
/// @param seconds wall time, 0 if skipped
record TestResult(
    String test, SortedSet<String> tags, Outcome outcome, String reason, double seconds) {

  enum Outcome {
    PASSED,
    FAILED,
    SKIPPED,
    /// Not a test: what a class took before and after its tests.
    SET_UP
  }

  static final Comparator<TestResult> SLOWEST_FIRST =
      Comparator.comparingDouble(TestResult::seconds).reversed().thenComparing(TestResult::test);

  /// How an acceptance id looks: PP-1, R28, UX-14. Other tags are tiers.
  private static final Pattern ID = Pattern.compile("[A-Z]{1,3}-?[0-9]{1,3}");

  /// The same, with the module that the test belongs to in its name.
  TestResult in(String module) {
    return new TestResult(module + " " + test, tags, outcome, reason, seconds);
  }

  /// The acceptance ids that the test claims.
  @JsonIgnore
  Stream<String> ids() {
    return tags.stream().filter(tag -> ID.matcher(tag).matches());
  }

  @JsonIgnore
  boolean isSkipped() {
    return outcome == Outcome.SKIPPED;
  }

  /// Whether the test was left out although nothing but a cluster was needed to run it.
  @JsonIgnore
  boolean isClusterTestLeftOut() {
    return isSkipped()
        && (tags.contains(Tier.CONTROL_PLANE.tag()) || tags.contains(Tier.CLUSTER.tag()))
        && !tags.contains(Tier.K3S.tag())
        && !tags.contains(Tier.LONG.tag());
  }
}
