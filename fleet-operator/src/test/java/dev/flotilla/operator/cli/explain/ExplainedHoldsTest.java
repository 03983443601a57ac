package dev.flotilla.operator.cli.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.crds.v1alpha1.DatabaseCluster;
import dev.flotilla.operator.cli.status.Fixtures;
import dev.flotilla.operator.core.Drawing;
import dev.flotilla.operator.core.Situations;
import dev.flotilla.operator.core.plan.Plan;
import dev.flotilla.operator.core.plan.Planner;
import dev.flotilla.operator.core.status.StatusProjector;
import dev.flotilla.operator.core.step.Hold;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.kube.render.Statuses;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Whatever the planner holds in any of its tests, `explain` says why and how to get out of it.
class ExplainedHoldsTest {

  @Tag("UX-5")
  @TestFactory
  Stream<DynamicTest> everyHoldHasGateReasonCauseAndAWayOut() throws IOException {
    return Situations.ofAllTests().stream()
        .map(situation ->
            DynamicTest.dynamicTest(situation.replace("\n", " · "), () -> check(situation)));
  }

  @Test
  @Tag("UX-5")
  void noGateAndNoRuleGivesAReasonThatItDoesNotName() throws IOException {
    var drawn =
        Situations.ofAllTests().stream()
            .flatMap(situation -> Planner.plan(Drawing.situation(situation)).holds().stream())
            .map(hold -> hold.by() + " " + hold.reason())
            .distinct()
            .toList();

    assertThat(
            Held.holders()
                .flatMap(holder ->
                    holder.reasons().stream().map(reason -> holder.name() + " " + reason)))
        .containsAll(drawn);
  }

  private static void check(String situation) {
    var view = Drawing.situation(situation);
    var plan = Planner.plan(view);
    var resource = reported(view, plan);
    var asked =
        new Explainer("flotilla", resource, Bodies.UNKNOWN)
            .explain(new LiveHolds(plan.holds(), ""));
    var alone =
        new Explainer("flotilla", resource, Bodies.UNKNOWN)
            .explain(LiveHolds.unknown("it is down"));

    assertThat(plan.holds())
        .allSatisfy(hold ->
            assertThat(asked.held())
                .filteredOn(held -> held.what().equals(hold.message()))
                .first()
                .satisfies(held -> {
                  assertThat(held.by()).extracting(Held.By::name).containsExactly(hold.by());
                  complete(hold, held);
                }));
    // Without the operator the status alone tells of the gravest.
    assertThat(alone.held().isEmpty()).isEqualTo(asked.held().isEmpty());
    assertThat(alone.held()).allSatisfy(held -> assertThat(held.waysOut()).isNotEmpty());
  }

  private static void complete(Hold hold, Held held) {
    assertThat(held.reason()).isEqualTo(hold.reason().id());
    assertThat(held.safe()).isNotEmpty();
    assertThat(held.cause()).isNotEmpty();
    assertThat(held.by()).allSatisfy(by -> assertThat(by.meaning()).isNotEmpty());
    assertThat(held.waysOut())
        .isNotEmpty()
        .allSatisfy(way -> {
          assertThat(way.cost()).isNotEmpty();
          assertThat(way.command()).doesNotContain("{cluster}", "{member}", "{namespace}");
          assertThat(Commands.objections(way.command())).isEmpty();
        });
  }

  private static DatabaseCluster reported(ClusterView view, Plan plan) {
    var resource = Fixtures.unseen();
    resource.setStatus(
        new Statuses(view.ref(), 9200)
            .cluster(
                StatusProjector.project(view, plan, List.of()), Optional.empty(), Fixtures.NOW));
    return resource;
  }
}
