package dev.flotilla.topology.lifecycle;

import static dev.flotilla.topology.lifecycle.Stage.ALLOCATED;
import static dev.flotilla.topology.lifecycle.Stage.CANCELLING;
import static dev.flotilla.topology.lifecycle.Stage.DRAINING;
import static dev.flotilla.topology.lifecycle.Stage.PROVISIONED;
import static dev.flotilla.topology.lifecycle.Stage.REMOVED;
import static dev.flotilla.topology.lifecycle.Stage.REMOVING;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What holds of every way through the table, found by walking all of it.
class StageTest {

  @Test
  void everyStageCanBeReached() {
    assertThat(reachable(ALLOCATED, Set.of())).containsExactlyInAnyOrder(Stage.values());
  }

  @Test
  void nobodyIsRemovedWhoWasNotDrainedAndGivenUp() {
    assertThat(reachable(ALLOCATED, Set.of(Stage.Act.GIVE_UP))).doesNotContain(REMOVING, REMOVED);
    assertThat(reachable(ALLOCATED, Set.of(Stage.Act.DRAIN)))
        .containsExactlyInAnyOrder(ALLOCATED, PROVISIONED);
  }

  @Test
  void onlyAMemberThatDrainsIsGivenUp() {
    assertThat(Stage.values())
        .filteredOn(stage -> stage.possible().contains(Stage.Act.GIVE_UP))
        .containsExactly(DRAINING);
  }

  @ParameterizedTest
  @EnumSource(
      value = Stage.class,
      names = {"DRAINING", "CANCELLING"})
  void untilItIsGivenUpThereIsAWayBack(Stage stage) {
    assertThat(reachable(stage, Set.of(Stage.Act.GIVE_UP))).contains(PROVISIONED);
  }

  @Test
  void whoWasGivenUpNeverComesBack() {
    assertThat(reachable(REMOVING, Set.of())).containsExactlyInAnyOrder(REMOVING, REMOVED);
    assertThat(REMOVED.possible()).isEmpty();
  }

  @Test
  void whoIsTakenBackIsNotGivenUpOnTheWay() {
    assertThat(CANCELLING.possible()).containsExactly(Stage.Act.RESTORE);
  }

  @Test
  void whoIsToGoDoesNotStay() {
    assertThat(Stage.values())
        .filteredOn(Stage::stays)
        .containsExactly(ALLOCATED, PROVISIONED, CANCELLING);
  }

  private static Set<Stage> reachable(Stage from, Set<Stage.Act> without) {
    var found = EnumSet.of(from);
    for (int before = 0; before < found.size(); ) {
      before = found.size();
      found.addAll(
          found.stream()
              .flatMap(stage ->
                  stage.possible().stream()
                      .filter(act -> !without.contains(act))
                      .map(Stage.Act::to))
              .collect(Collectors.toSet()));
    }
    return found;
  }
}
