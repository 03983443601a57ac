package dev.flotilla.operator.bench;

import static dev.flotilla.operator.bench.Bench.SEARCH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.crds.condition.ConditionType;
import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.request.Ending;
import dev.flotilla.operator.core.request.Fate;
import dev.flotilla.operator.core.status.OperationReport;
import dev.flotilla.operator.core.status.StatusReport.Truth;
import dev.flotilla.topology.lifecycle.Deadline.OnTimeout;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.MemberName;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What becomes of requests on a whole operator, from being made to their answer.
class RequestsTest {

  private final Bench bench = new Bench();

  /// Six members, two in each zone, with data.
  private Bench.Running settled() {
    bench.apply(Specs.of(6));
    var running = bench.start();
    bench.rest(running);
    bench.engine.database(SEARCH).store("orders", 6, 1);
    return running;
  }

  private String middle() {
    return bench.pod("b").draft().member().name().value();
  }

  @Tag("R19")
  @Test
  void theMemberInTheMiddleGoesAndAllOthersKeepNameAndVolume() {
    var running = settled();
    var middle = middle();
    var others = bench.podNames().stream().filter(name -> !name.equals(middle)).toList();
    var volumes = volumes();

    bench.ask("less", OnTimeout.HOLD, middle);
    bench.apply(Specs.of(5));
    bench.rest(running);

    assertThat(bench.podNames()).isEqualTo(others);
    assertThat(volumes()).isEqualTo(volumes);
    assertThat(bench.told("less"))
        .satisfies(told -> {
          assertThat(told.ending()).contains(Ending.DRAINED);
          assertThat(told.message()).contains("data-" + middle);
          assertThat(told.members())
              .containsExactly(new OperationReport.Target(middle, Fate.REMOVED));
        });
    assertThat(bench.engine.database(SEARCH).listed()).isEmpty();
  }

  @Tag("R19")
  @Test
  void aPoolThatKeepsItsCountGetsANewMemberInTheSameZone() {
    var running = settled();
    var middle = middle();
    var others = bench.podNames().stream().filter(name -> !name.equals(middle)).toList();

    bench.ask("renew", OnTimeout.HOLD, middle);
    bench.rest(running);

    assertThat(bench.podNames()).hasSize(6).containsAll(others).doesNotContain(middle);
    assertThat(bench.podNames().stream().filter(name -> name.contains("-b-"))).hasSize(2);
    assertThat(bench.told("renew").ending()).contains(Ending.DRAINED);
  }

  /// Each of the two would take the drain for its own, for ever.
  @Test
  void twoRequestsForTheSameMemberDoNotTakeItFromEachOther() {
    var running = settled();
    var middle = middle();

    bench.ask("one", OnTimeout.HOLD, middle);
    bench.ask("two", OnTimeout.HOLD, middle);
    bench.rest(running);

    assertThat(bench.podNames()).hasSize(6).doesNotContain(middle);
    assertThat(bench.told("one").ending()).contains(Ending.DRAINED);
    assertThat(bench.told("two").ending()).isPresent();
  }

  @Test
  void severalMembersOfSeveralZonesGoInTheirOrder() {
    var running = settled();
    var names = List.of(middle(), bench.pod("a").draft().member().name().value());

    bench.ask("two", OnTimeout.HOLD, names.getFirst(), names.getLast());
    bench.apply(Specs.of(4));
    bench.rest(running);

    assertThat(bench.podNames()).hasSize(4).doesNotContainAnyElementsOf(names);
    assertThat(bench.told("two").ending()).contains(Ending.DRAINED);
  }

  /// A tool that compares the specification with its own copy sees nothing of a hundred requests
  /// that come and are taken back.
  @Tag("R67")
  @Test
  void aHundredCancelsChangeNoField() {
    var running = settled();
    var before = bench.cluster.get(Thing.Resource.key(SEARCH)).orElseThrow();
    var pools = bench.cluster.all(Thing.Pool.class);

    for (int i = 0; i < 100; i++) {
      bench.ask("again-" + i, OnTimeout.HOLD, middle());
      running.pass(SEARCH);
      bench.turn();
      bench.cancel("again-" + i);
      running.pass(SEARCH);
      assertThat(bench.told("again-" + i).ending()).contains(Ending.CANCELLED);
      bench.cluster.remove(Thing.Operation.key(SEARCH, "again-" + i));
    }

    assertThat(bench.cluster.get(Thing.Resource.key(SEARCH))).contains(before);
    assertThat(bench.cluster.all(Thing.Pool.class)).isEqualTo(pools);
    assertThat(bench.podNames()).hasSize(6);
    assertThat(bench.engine.database(SEARCH).listed()).isEmpty();
  }

  @Test
  void timeIsOverAndItIsTakenBack() {
    var running = settled();
    bench.engine.database(SEARCH).store("stuck", 1, 2);
    var before = bench.podNames();
    bench.ask("late", OnTimeout.CANCEL, middle());
    untilMarked(running);

    bench.time.advance(Duration.ofHours(3));
    bench.rest(running);

    assertThat(bench.told("late").ending()).contains(Ending.TIMED_OUT);
    assertThat(bench.podNames()).isEqualTo(before);
    assertThat(bench.engine.database(SEARCH).listed()).isEmpty();
  }

  @Test
  void whatWasToldStaysSo() {
    var running = settled();
    bench.ask("wrong", OnTimeout.HOLD, "search-data-b-nobody");
    bench.rest(running);
    var told = bench.told("wrong");

    bench.cancel("wrong");
    bench.rest(running);

    assertThat(bench.told("wrong")).isEqualTo(told);
  }

  /// Nothing is touched, and the answer names the field and what to do.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "not there",
        "of another tenant",
        "gone",
        "never joined",
        "no name at all",
        "one of two"
      })
  void whatCannotBeDoneIsAnsweredAndNothingIsTouched(String what) {
    var running = settled();
    var name = bad(what, running);
    var database = bench.engine.database(SEARCH);
    bench.rest(running);
    var before = new TreeMap<>(bench.cluster.deleted());
    var pods = bench.podNames();
    int writes = database.writes();

    if (what.equals("one of two")) {
      bench.ask("bad", OnTimeout.HOLD, middle(), name);
    } else {
      bench.ask("bad", OnTimeout.HOLD, name);
    }
    bench.rest(running);

    var told = bench.told("bad");
    assertThat(told.ending()).contains(Ending.FAILED);
    assertThat(told.reason()).isEqualTo(Reason.OPERATION_REJECTED);
    assertThat(told.conditions())
        .filteredOn(condition -> condition.type() == ConditionType.ACCEPTED)
        .singleElement()
        .satisfies(condition -> {
          assertThat(condition.truth()).isEqualTo(Truth.FALSE);
          assertThat(condition.message())
              .contains(what.equals("one of two") ? "spec.members[1]" : "spec.members[0]", name)
              .matches(".*(Name one|delete the operation|Wait until).*");
        });
    assertThat(bench.podNames()).isEqualTo(pods);
    assertThat(bench.cluster.deleted()).isEqualTo(before);
    assertThat(database.writes()).isEqualTo(writes);
    assertThat(database.listed()).isEmpty();
  }

  private String bad(String what, Bench.Running running) {
    return switch (what) {
      case "of another tenant" -> {
        bench.apply(new ClusterRef("crm", "mail"), Specs.of(3));
        for (int i = 0; i < 10; i++) {
          running.pass(new ClusterRef("crm", "mail"));
          bench.turn();
        }
        yield bench
            .cluster
            .pods(new ClusterRef("crm", "mail"))
            .getFirst()
            .draft()
            .member()
            .name()
            .value();
      }
      case "gone" -> {
        var gone = middle();
        bench.ask("before", OnTimeout.HOLD, gone);
        bench.rest(running);
        yield gone;
      }
      case "never joined" -> neverJoined(running);
      case "no name at all" -> "Not a Name!";
      default -> "search-data-b-nobody";
    };
  }

  /// A seventh member, whose image cannot be had.
  private String neverJoined(Bench.Running running) {
    bench.cluster.loseImage(Specs.IMAGE);
    bench.apply(Specs.of(7));
    bench.rest(running);
    return bench.cluster.pods(SEARCH).stream()
        .filter(pod -> !pod.ready())
        .map(pod -> pod.draft().member().name())
        .map(MemberName::value)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aDatabaseThatIsNotThereIsNamedAndMayComeYet() {
    bench.ask("early", OnTimeout.HOLD, "search-data-b-nobody");
    var running = bench.start();
    running.pass(SEARCH);

    assertThat(bench.told("early"))
        .satisfies(told -> {
          assertThat(told.ending()).isEmpty();
          assertThat(told.message()).contains("spec.clusterName", "search", "Create it");
        });

    bench.apply(Specs.of(3));
    bench.rest(running);

    assertThat(bench.told("early").ending()).contains(Ending.FAILED);
  }

  private void untilMarked(Bench.Running running) {
    for (int i = 0; i < 20 && bench.engine.database(SEARCH).listed().isEmpty(); i++) {
      running.pass(SEARCH);
      bench.turn();
    }
    assertThat(bench.engine.database(SEARCH).listed()).isNotEmpty();
  }

  private List<String> volumes() {
    return bench.cluster.claims(SEARCH).stream().map(Thing.Claim::name).toList();
  }
}
