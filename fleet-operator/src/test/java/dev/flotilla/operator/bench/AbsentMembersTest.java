package dev.flotilla.operator.bench;

import static dev.flotilla.operator.bench.Bench.SEARCH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.operator.core.view.EngineReport;
import dev.flotilla.topology.lifecycle.Stage;
import dev.flotilla.topology.model.MemberName;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Members that the engine does not know, because they never joined or do not come back, can be
/// scaled away, and they go before those who serve.
class AbsentMembersTest extends DrainScene {

  @Test
  @Tag("R12")
  void oneThatNeverJoinedIsTheOneThatGoes() {
    settle(6, 1);
    var served = uids("Pod");
    bench.cluster.loseImage(Specs.IMAGE);
    bench.apply(Specs.of(7));
    rounds(20);
    var late = new TreeSet<>(uids("Pod").keySet());
    late.removeAll(served.keySet());
    assertThat(late).hasSize(1);

    bench.apply(Specs.of(6));
    until("gone", () -> in(Stage.REMOVED).size() == 1);
    untilQuiet();

    assertThat(uids("Pod")).isEqualTo(served);
    assertThat(late.first()).endsWith(in(Stage.REMOVED).iterator().next().value());
    assertWhole();
  }

  @Test
  @Tag("R22")
  void oneThatDoesNotComeBackGoesFirstIfNothingIsMissingWithoutIt() {
    settle(7, 1);
    var idle =
        bench.podNames().stream()
            .filter(name -> database().count(name) == 0)
            .findFirst()
            .orElseThrow();
    lose(new MemberName(idle));
    assertThat(database().health()).isEqualTo(EngineReport.Health.GREEN);

    bench.apply(Specs.of(6));
    until("gone", () -> in(Stage.REMOVED).size() == 1);
    untilQuiet();

    assertThat(in(Stage.REMOVED)).isEqualTo(Set.of(new MemberName(idle)));
    assertThat(bench.cluster.pods(SEARCH)).hasSize(6).allMatch(Thing.Pod::ready);
    assertWhole();
  }

  /// Its copies are nowhere else, so it is waited for, and nobody goes meanwhile.
  @Test
  @Tag("R22")
  void oneWithWhatNobodyElseHasIsNotGivenUp() {
    settle(7, 0);
    var holder =
        bench.podNames().stream()
            .filter(name -> database().count(name) > 0)
            .findFirst()
            .orElseThrow();
    lose(new MemberName(holder));

    bench.apply(Specs.of(6));
    rounds(100);

    assertThat(in(Stage.REMOVING)).isEmpty();
    assertThat(in(Stage.REMOVED)).isEmpty();
    bench.cluster.bringImage(Specs.IMAGE);
    until("gone", () -> in(Stage.REMOVED).size() == 1);
    untilQuiet();
    assertThat(database().copies()).allMatch(copy -> copy.at().isPresent());
    assertWhole();
  }

  /// It loses its pod, and the next one does not start.
  private void lose(MemberName member) {
    bench.cluster.loseImage(Specs.IMAGE);
    bench.cluster.remove(Thing.Pod.key(SEARCH, member));
    rounds(10);
    assertThat(bench.podOf(member).filter(Thing.Pod::ready)).isEmpty();
  }
}
