package dev.flotilla.chaos.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.operator.core.plan.Forecast;
import dev.flotilla.operator.core.plan.Plan;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.port.Glance;
import dev.flotilla.topology.model.ClusterRef;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What is said beforehand is what is done, on a real API server: before every pass of a life the
/// forecast is made, and the pass takes those steps, in that order, and makes as many writes.
@Tag("control-plane")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForecastOnApiServerTest {

  private static final int MAX_PASSES = 60;

  private ApiWorld world;

  @BeforeAll
  void start() throws IOException {
    world = ApiWorld.start();
  }

  @AfterAll
  void end() {
    world.close();
  }

  @Test
  @Tag("UX-8")
  void everyPassOfALifeDoesWhatWasForecast() throws InterruptedException {
    var place = world.place();
    try (var operator = new SteppedOperator(world, place)) {
      operator.takeOver();
      world.apply(place, 3);
      operator.awaitCluster(3);
      operator.pass(); // it looks at the cluster for the first time

      int made = live(place, operator);
      assertThat(world.pods(place)).hasSize(3).allMatch(FakeKubelets::isReady);
      world.apply(place, 5);
      operator.awaitCluster(5);
      int grown = live(place, operator);
      assertThat(world.pods(place)).hasSize(5).allMatch(FakeKubelets::isReady);
      world.losePod(place, "b");
      int healed = live(place, operator);
      assertThat(world.pods(place)).hasSize(5).allMatch(FakeKubelets::isReady);

      assertThat(List.of(made, grown, healed)).allMatch(steps -> steps > 0);
    }
  }

  /// Passes until nothing is to be done any more; the number of steps that were taken.
  private int live(ClusterRef place, SteppedOperator operator) {
    int steps = 0;
    int quiet = 0;
    for (int pass = 0; pass < MAX_PASSES && quiet < 3; pass++) {
      boolean moved = world.kubelets.turn(place.namespace());
      operator.catchUp();
      operator.ask();
      var forecast = forecast(operator);
      long mark = world.audit.mark();
      int before = operator.said.steps().size();
      operator.pass();
      var taken = operator.said.steps().subList(before, operator.said.steps().size());
      assertThat(print(taken)).isEqualTo(print(forecast));
      assertThat(writes(mark, place)).isEqualTo(taken.stream().filter(this::isWrite).count());
      steps += taken.size();
      quiet = moved || !taken.isEmpty() ? 0 : quiet + 1;
    }
    return steps;
  }

  private static List<Step> forecast(SteppedOperator operator) {
    if (operator.look() instanceof Glance.Seen(var view)) {
      return Forecast.of(view).steps().stream().map(Plan.Planned::step).toList();
    }
    throw new AssertionError("nothing is seen: " + operator.look());
  }

  /// A commit is written to the store alone.
  private boolean isWrite(Step step) {
    return !(step instanceof Step.Commit);
  }

  /// Writes of the operator to the API server, but for its reports.
  private long writes(long mark, ClusterRef place) {
    return world.audit.since(mark, place.namespace()).stream()
        .filter(AuditLog.Request::isByTheOperator)
        .filter(AuditLog.Request::isWrite)
        .filter(request -> !request.resource().endsWith("/status"))
        .count();
  }

  private static List<String> print(List<Step> steps) {
    return steps.stream().map(step -> new Plan.Planned("", step).print()).toList();
  }
}
