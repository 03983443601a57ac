package dev.flotilla.operator.bench;

import static dev.flotilla.operator.bench.Bench.SEARCH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.operator.shell.PassEnd;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a new database gets first: what its pods need, and its pods.
///
/// Source: docs/adr/0030-pods-come-first.md
class NewDatabaseTest {

  private final Bench bench = new Bench();
  private final Bench.Running operator = bench.start();

  @Test
  void theFirstPassEndsWithThePodsAndTheNextOneFollowsAtOnce() {
    bench.apply(Specs.of(3));

    var end = operator.pass(SEARCH);

    assertThat(end).isEqualTo(PassEnd.again(Duration.ZERO));
    assertThat(written().subList(written().size() - 3, written().size()))
        .containsOnly("create Pod");
    assertThat(written()).doesNotContain("apply ClientService", "apply Budget", "apply Status");
  }

  @Test
  void theSecondPassBringsTheRestAndReports() {
    bench.apply(Specs.of(3));
    operator.pass(SEARCH);
    int before = written().size();

    operator.pass(SEARCH);

    assertThat(written().subList(before, written().size()))
        .containsSubsequence("apply ClientService", "apply Budget", "apply Status");
  }

  /// Only what is new makes room: a database that loses its pods is reported in the same pass.
  @Test
  void aDatabaseThatLostAllItsPodsIsReportedWithTheNewOnes() {
    bench.apply(Specs.of(3));
    bench.rest(operator);
    for (var zone : List.of("a", "b", "c")) {
      bench.cluster.remove(bench.pod(zone).key());
    }
    operator.watch.deliver();
    int before = written().size();

    operator.pass(SEARCH);

    assertThat(written().subList(before, written().size()))
        .containsSubsequence("create Pod", "apply Status");
  }

  private List<String> written() {
    return operator.kube.writes().stream()
        .map(write -> String.join(" ", List.of(write.split(" ")).subList(0, 2)))
        .toList();
  }
}
