package dev.flotilla.operator.bench;

import static dev.flotilla.operator.bench.Bench.SEARCH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.operator.core.plan.Forecast;
import dev.flotilla.operator.core.plan.Plan;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.port.ClusterResource.Specification;
import dev.flotilla.operator.port.Glance;
import dev.flotilla.operator.port.StopSignal;
import dev.flotilla.operator.shell.PassEnd;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is said beforehand is what is done: each pass of a whole life takes exactly the steps of
/// the forecast that was made right before it, in their order.
class ForecastTest {

  private static final int MAX_PASSES = 80;

  static Stream<Rig> changes() {
    return Stream.of(
        Rig.CREATE,
        Rig.HEAL,
        Rig.SCALE_OUT,
        new Rig(
            "setting",
            ForecastTest::three,
            bench -> bench.apply(Specs.withSetting(Specs.of(3), "indices.lifecycle", "on"))),
        new Rig(
            "over",
            ForecastTest::three,
            bench ->
                bench.cluster.change(bench.pod("b").key(), thing -> ((Thing.Pod) thing).over())),
        new Rig(
            "stuck",
            ForecastTest::three,
            bench -> {
              var pod = bench.pod("c");
              bench.cluster.remove(pod.key());
              bench.cluster.put(Thing.Pod.fresh(pod.draft(), pod.created()));
              bench.apply(Specs.withImage(Specs.of(3), "registry.example/engine:9.5.2-1"));
            }),
        new Rig("delete", ForecastTest::three, Bench::delete));
  }

  private static void three(Bench bench) {
    bench.apply(Specs.of(3));
    bench.rest(bench.start());
  }

  @ParameterizedTest
  @MethodSource("changes")
  @Tag("UX-8")
  void everyPassDoesWhatWasForecast(Rig change) {
    var bench = new Bench();
    change.before().accept(bench);
    var operator = bench.start();
    bench.rest(operator); // it has looked at the cluster, if there is one, and asked the engine
    change.change().accept(bench);
    int quiet = 0;
    int steps = 0;
    for (int pass = 0; pass < MAX_PASSES && quiet < 4; pass++) {
      bench.turn();
      operator.watch.deliver();
      var seen = operator.lookout().look(SEARCH);
      if (seen instanceof Glance.Blind && pass == 0) {
        operator.pass(SEARCH); // a new cluster is looked at for the first time
        continue;
      }
      if (!(seen instanceof Glance.Seen(var view))) {
        break; // deleted
      }
      var writes = operator.kube.writes().size();
      var forecast = Forecast.of(view);
      assertThat(operator.kube.writes()).as("a forecast writes nothing").hasSize(writes);
      int before = operator.said.steps().size();
      operator.pass(SEARCH);
      var taken = operator.said.steps().subList(before, operator.said.steps().size());
      assertThat(print(taken)).isEqualTo(print(forecast));
      steps += taken.size();
      quiet = taken.isEmpty() ? quiet + 1 : 0;
    }
    assertThat(steps).as("steps that were forecast and taken").isPositive();
  }

  /// The first pass of a new cluster, which a manifest can be planned for before it is applied.
  @Test
  @Tag("UX-8")
  void theFirstPassOfANewClusterIsForecastBeforeItExists() {
    var bench = new Bench();
    var operator = bench.start();
    var supposed =
        operator.lookout().suppose(new StopSignal(), SEARCH, new Specification.Legal(Specs.of(3)));
    var forecast = supposed instanceof Glance.Seen(var view) ? Forecast.of(view) : null;
    assertThat(forecast).as("what is seen: " + supposed).isNotNull();

    bench.apply(Specs.of(3));
    passWhileDue(operator);

    assertThat(withoutNames(print(operator.said.steps())))
        .isEqualTo(withoutNames(print(forecast)))
        .hasSizeGreaterThan(10);
  }

  /// What is left of a former database is found again, before and after it is applied.
  @Test
  @Tag("UX-8")
  void aDatabaseThatIsAppliedAgainIsForecastWithItsOwnMembers() {
    var bench = new Bench();
    three(bench);
    var names = bench.podNames();
    bench.delete();
    var last = bench.start();
    bench.rest(last);
    var operator = bench.start();
    operator.pass(SEARCH);

    var supposed =
        operator.lookout().suppose(new StopSignal(), SEARCH, new Specification.Legal(Specs.of(3)));
    assertThat(supposed).isInstanceOf(Glance.Seen.class);
    var forecast = Forecast.of(((Glance.Seen) supposed).view());
    bench.apply(Specs.of(3));
    int before = operator.said.steps().size();
    passWhileDue(operator);

    assertThat(print(forecast))
        .isEqualTo(print(operator.said.steps().subList(before, operator.said.steps().size())))
        .filteredOn(line -> line.startsWith("CreatePod"))
        .allSatisfy(line -> assertThat(names).anyMatch(line::contains))
        .hasSize(3);
  }

  /// The pods of a new database have a pass of their own, and the next one follows at once.
  private static void passWhileDue(Bench.Running operator) {
    var end = operator.pass(SEARCH);
    while (end.equals(PassEnd.again(Duration.ZERO))) {
      end = operator.pass(SEARCH);
    }
  }

  @Test
  void anOperatorThatDoesNotActOrHasNotLookedSaysSo() {
    var bench = new Bench();
    bench.apply(Specs.of(3));

    var waiting = bench.prepare();
    assertThat(waiting.lookout().look(SEARCH)).isInstanceOf(Glance.Blind.class);
    var acting = bench.start();
    assertThat(acting.lookout().look(SEARCH))
        .isEqualTo(new Glance.Blind("this operator has not looked at the cluster yet"));
    acting.pass(SEARCH);
    assertThat(acting.lookout().look(SEARCH)).isInstanceOf(Glance.Seen.class);
  }

  private static List<String> print(Forecast forecast) {
    return print(forecast.steps().stream().map(Plan.Planned::step).toList());
  }

  private static List<String> print(List<Step> steps) {
    return steps.stream().map(step -> new Plan.Planned("", step).print()).toList();
  }

  /// The end of a name follows from the resource's uid, which only its creation gives.
  private static List<String> withoutNames(List<String> lines) {
    return lines.stream().map(line -> line.replaceAll("-[a-z0-9]{6}\\b", "-NAME")).toList();
  }
}
