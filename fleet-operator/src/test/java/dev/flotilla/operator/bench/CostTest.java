package dev.flotilla.operator.bench;

import static dev.flotilla.operator.bench.Bench.SEARCH;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What a change costs the API server: exactly the writes that differ, and nothing at rest.
///
/// `docs/benchmarks.md` shows these numbers; status, and what follows from pods getting addresses,
/// is counted too.
class CostTest {

  private final Bench bench = new Bench();
  private final Bench.Running operator = bench.start();
  private int writes;
  private int reads;

  @BeforeEach
  void threeMembersRun() {
    bench.apply(Specs.of(3));
    bench.rest(operator);
    mark();
  }

  @Test
  void creatingThreeMembers() {
    writes = 1; // without the take-over
    assertThat(spent("create 3 members"))
        .isEqualTo(
            Map.ofEntries(
                Map.entry("create Secret", 1),
                Map.entry("apply Pool", 1),
                Map.entry("apply Config", 1),
                Map.entry("apply Seeds", 2),
                Map.entry("apply ClientService", 1),
                Map.entry("apply Budget", 1),
                Map.entry("apply Leaf", 3),
                Map.entry("create Claim", 3),
                Map.entry("create Pod", 3),
                Map.entry("update Pod", 3),
                Map.entry("update Secret", 1),
                Map.entry("update Claim", 3),
                Map.entry("apply Endpoints", 2),
                Map.entry("apply Status", 2)));
    assertThat(operator.kube.reads())
        .as("the Secret is asked for when there is none, and again once it says what was formed")
        .containsExactly(
            "epoch", "tenant shop/search", "members shop/search", "tenant shop/search");
  }

  @Test
  void growingByThreeMembers() {
    bench.apply(Specs.of(6));
    bench.rest(operator);

    assertThat(spent("scale out by 3 members"))
        .isEqualTo(
            Map.of(
                "apply Pool", 1,
                "apply Leaf", 3,
                "create Claim", 3,
                "create Pod", 3,
                "apply Seeds", 1,
                "update Pod", 3,
                "update Claim", 3,
                "apply Endpoints", 2,
                "apply Status", 3));
  }

  @Test
  void replacingALostPod() {
    bench.cluster.remove(bench.pod("b").key());
    bench.rest(operator);

    assertThat(spent("replace 1 lost pod"))
        .isEqualTo(
            Map.of(
                "create Pod", 1,
                "apply Seeds", 2,
                "update Pod", 1,
                "apply Endpoints", 3,
                "apply Status", 3));
  }

  @Test
  void changingOneSetting() {
    bench.apply(Specs.withSetting(Specs.of(3), "indices.recovery", "1"));
    bench.rest(operator);

    assertThat(spent("change 1 setting of 3 members"))
        .isEqualTo(
            Map.of(
                "apply Config", 1,
                "delete Pod", 3,
                "create Pod", 3,
                "apply Seeds", 6,
                "update Pod", 3,
                "apply Endpoints", 10,
                "apply Status", 13));
  }

  @Test
  @Tag("R60")
  void atRestNothingIsWrittenAndNothingIsRead() {
    for (int resync = 0; resync < 3; resync++) {
      bench.time.advance(Duration.ofMinutes(10));
      operator.pass(SEARCH);
    }

    assertThat(spent("3 passes at rest")).isEmpty();
    assertThat(operator.kube.reads()).hasSize(reads);
  }

  private void mark() {
    writes = operator.kube.writes().size();
    reads = operator.kube.reads().size();
  }

  /// Writes since the mark by verb and kind; printed as a row of the benchmark's table.
  private Map<String, Integer> spent(String change) {
    var counts = new TreeMap<String, Integer>();
    List<String> since = operator.kube.writes().subList(writes, operator.kube.writes().size());
    since.forEach(write -> counts.merge(verbAndKind(write), 1, Integer::sum));
    System.out.printf("| %s | %d | %s |%n", change, since.size(), counts);
    return counts;
  }

  private static String verbAndKind(String write) {
    var words = write.split(" ");
    return words[0] + " " + words[1];
  }
}
