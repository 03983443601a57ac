package dev.flotilla.operator.bench;

import static dev.flotilla.operator.bench.Bench.SEARCH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.bench.FakeDatabase.Fate;
import dev.flotilla.topology.lifecycle.Stage;
import dev.flotilla.topology.model.MemberName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A new pod is given an address that somebody has excluded long ago.
///
/// Source: zalando-incubator/es-operator#128
class InheritedAddressTest extends DrainScene {

  private static final Duration SOON = Duration.ofSeconds(60);

  /// The address that the next pod is given.
  private static final String NEXT = "10.0.0.5";

  private static final String NOBODYS = "10.9.9.9";
  private static final String PATTERN = "10.0.1.*";

  @Test
  @Tag("ZD-7")
  void underReportMemberAndEntryAreNamedAndNothingIsTouched() {
    settle(4, 1);
    var since = inherit();
    var heir = heir();

    until("named", () -> names(heir));

    assertThat(Duration.between(since, bench.time.instant())).isLessThan(SOON);
    rounds(5);
    assertThat(database().excludedAddresses()).containsExactly(NOBODYS, NEXT, PATTERN);
    assertThat(database().writes()).as("writes to the engine").isZero();
    assertThat(store.drains(SEARCH)).isEmpty();
  }

  @Test
  @Tag("ZD-7")
  void underReclaimJustThatEntryGoesAndTheMemberServes() {
    settle(4, 1);
    bench.apply(Specs.reclaiming(Specs.of(4)));
    var since = inherit();

    until("gone", () -> !database().excludedAddresses().contains(NEXT));

    assertThat(Duration.between(since, bench.time.instant())).isLessThan(SOON);
    untilQuiet();
    assertThat(database().excludedAddresses()).containsExactly(NOBODYS, PATTERN);
    assertThat(store.drains(SEARCH)).isEqualTo(Map.of(heir(), Stage.PROVISIONED));
    assertThat(running.said.announced()).contains(Reason.FOREIGN_MARK);
    assertThat(bench.status().reason()).isEqualTo(Reason.AS_WANTED);
    assertThat(bench.cluster.claims(SEARCH)).allMatch(claim -> claim.note().isEmpty());
    assertWhole();
  }

  /// It is recorded before the engine hears of it, so whoever takes over carries it out.
  @Test
  @Tag("ZD-7")
  void aSuccessorCarriesOutWhatWasRecorded() {
    settle(4, 1);
    bench.apply(Specs.reclaiming(Specs.of(4)));
    database().loseAnswers(Fate.LOST);
    inherit();
    until("tried", () -> database().writes() == 1);
    assertThat(store.drains(SEARCH)).isEqualTo(Map.of(heir(), Stage.CANCELLING));
    assertThat(database().excludedAddresses()).contains(NEXT);

    running.die();
    bench.time.advance(Duration.ofSeconds(40));
    bench.apply(Specs.of(4));
    running = bench.candidate(store, bench.time::nanos).lead();
    until("gone", () -> !database().excludedAddresses().contains(NEXT));
    untilQuiet();

    assertThat(database().excludedAddresses()).containsExactly(NOBODYS, PATTERN);
    assertThat(store.drains(SEARCH).values()).containsExactly(Stage.PROVISIONED);
    assertWhole();
  }

  /// Once the pod has another address, the entry names nobody: it is its writer's again.
  @Test
  @Tag("ZD-7")
  void whatNamesNobodyAnyMoreStays() {
    settle(4, 1);
    bench.apply(Specs.reclaiming(Specs.of(4)));
    database().loseAnswers(Fate.LOST, Fate.LOST, Fate.LOST, Fate.LOST);
    inherit();
    until("tried", () -> database().writes() >= 1);
    int writes = database().writes();

    bench.cluster.remove(Thing.Pod.key(SEARCH, heir()));
    untilQuiet();

    assertThat(database().writes()).isEqualTo(writes);
    assertThat(database().excludedAddresses()).containsExactly(NOBODYS, NEXT, PATTERN);
    assertThat(store.drains(SEARCH).values()).containsExactly(Stage.PROVISIONED);
    assertWhole();
  }

  /// A member's pod is made anew, under the address that somebody has excluded.
  ///
  /// @return when it was ready
  private Instant inherit() {
    database().excludeAddresses(List.of(NOBODYS, NEXT, PATTERN));
    var lost = new MemberName(bench.podNames().stream().findFirst().orElseThrow());
    bench.cluster.remove(Thing.Pod.key(SEARCH, lost));
    until(
        "made anew",
        () ->
            bench.cluster.pods(SEARCH).stream()
                .anyMatch(pod -> pod.ready() && pod.ip().filter(NEXT::equals).isPresent()));
    return bench.time.instant();
  }

  private MemberName heir() {
    return bench.cluster.pods(SEARCH).stream()
        .filter(pod -> pod.ip().filter(NEXT::equals).isPresent())
        .map(pod -> pod.draft().member().name())
        .findFirst()
        .orElseThrow();
  }

  private boolean names(MemberName member) {
    return bench.status().conditions().stream()
        .filter(condition -> condition.reason() == Reason.FOREIGN_MARK)
        .anyMatch(condition ->
            condition.message().contains(member.value()) && condition.message().contains(NEXT));
  }
}
