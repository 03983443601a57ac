package dev.flotilla.topology.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.flotilla.topology.lifecycle.DrainOutcome.Undone;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.Epoch;
import dev.flotilla.topology.model.MemberName;
import dev.flotilla.topology.model.Revision;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DrainRecordTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private static final DrainRecord BEGUN =
      DrainRecord.begun(
          new ClusterRef("shop", "search"),
          new MemberName("search-data-zone-c-x5rpnz"),
          new DrainRecord.Purpose.ScaleIn(),
          new DrainRecord.Beginning(new Epoch(3), new Revision(17), 14, NOW, Optional.empty()),
          until(NOW.plusSeconds(7200)));

  private static final List<UnaryOperator<DrainRecord>> CHANGES =
      List.of(
          drain -> drain.cancelled(Undone.CANCELLED),
          drain -> drain.cancelled(Undone.TIMED_OUT),
          DrainRecord::givenUp,
          DrainRecord::released,
          DrainRecord::ended);

  /// Whatever is done to a record in whatever order: only steps of the table are taken, and every
  /// record that comes about is sound.
  @Test
  void everyOrderOfChangesFollowsTheTable() {
    for (DrainRecord drain : everythingThatCanBecome(BEGUN)) {
      for (var change : CHANGES) {
        attempt(change, drain)
            .filter(next -> next.stage() != drain.stage())
            .ifPresent(next ->
                assertThat(drain.stage().possible())
                    .extracting(Stage.Act::to)
                    .contains(next.stage()));
      }
    }
  }

  @Test
  void noDrainEndsWhileTheEngineMayHaveItsMark() {
    assertThat(everythingThatCanBecome(BEGUN))
        .hasSize(10)
        .filteredOn(drain -> !drain.isOpen())
        .isNotEmpty()
        .allSatisfy(drain -> assertThat(drain.owned()).isEmpty());
  }

  @Test
  void onlyOneThatWasGivenUpEndsAsDrained() {
    assertThat(everythingThatCanBecome(BEGUN.cancelled(Undone.SUPERSEDED)))
        .noneMatch(drain -> drain.stage() == Stage.REMOVED || drain.stage() == Stage.REMOVING);
    assertThat(everythingThatCanBecome(BEGUN.givenUp()))
        .extracting(DrainRecord::stage)
        .containsOnly(Stage.REMOVING, Stage.REMOVED);
  }

  @Test
  void theFirstReasonToTakeItBackCounts() {
    var cancelled = BEGUN.cancelled(Undone.SUPERSEDED);

    assertThat(cancelled.cancelled(Undone.TIMED_OUT)).isEqualTo(cancelled);
    assertThat(cancelled.released().ended().state())
        .isEqualTo(new DrainState.Ended(Undone.SUPERSEDED));
  }

  @Test
  void itsMarkIsWantedUntilTheMemberIsGoneOrWantedBack() {
    assertThat(BEGUN.wantsMark()).isTrue();
    assertThat(BEGUN.givenUp().wantsMark()).isTrue();
    assertThat(BEGUN.cancelled(Undone.CANCELLED).wantsMark()).isFalse();
    assertThat(BEGUN.givenUp().released().ended().wantsMark()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Undone.class)
  @Tag("D6")
  void whatWasGivenUpIsNotTakenBack(Undone why) {
    assertThatIllegalStateException()
        .isThrownBy(() -> BEGUN.givenUp().cancelled(why))
        .withMessageContaining("CANCEL is not possible");
  }

  @Test
  void recordsThatNothingCanLeadToAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> with(new DrainState.Ended(Undone.CANCELLED), Set.of(Mark.EXCLUDE)));
    assertThatIllegalArgumentException().isThrownBy(() -> with(new DrainState.Running(), Set.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            DrainRecord.begun(
                BEGUN.cluster(), BEGUN.member(), BEGUN.purpose(), BEGUN.beginning(), until(NOW)));
  }

  /// What takes somebody's entry away ends in nothing but a member that serves.
  @Test
  @Tag("ZD-7")
  void anEntryThatIsTakenAwayNeverLeadsToARemoval() {
    var reclaim = new DrainRecord.Purpose.Reclaim("exclude._ip", "10.0.0.7");
    var record =
        DrainRecord.reclaimed(
            BEGUN.cluster(), BEGUN.member(), reclaim, BEGUN.beginning(), BEGUN.deadline());

    assertThat(everythingThatCanBecome(record))
        .extracting(DrainRecord::stage)
        .containsOnly(Stage.CANCELLING, Stage.PROVISIONED);
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            DrainRecord.begun(
                BEGUN.cluster(), BEGUN.member(), reclaim, BEGUN.beginning(), BEGUN.deadline()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DrainRecord.Purpose.Reclaim("exclude._ip", "10.0.0.7 b"));
  }

  private static Deadline until(Instant time) {
    return new Deadline(time, Deadline.OnTimeout.CANCEL);
  }

  private static DrainRecord with(DrainState state, Set<Mark> owned) {
    return new DrainRecord(
        BEGUN.cluster(),
        BEGUN.member(),
        BEGUN.purpose(),
        BEGUN.beginning(),
        BEGUN.deadline(),
        state,
        new TreeSet<>(owned));
  }

  private static Set<DrainRecord> everythingThatCanBecome(DrainRecord start) {
    var found = new LinkedHashSet<>(Set.of(start));
    var next = new ArrayDeque<>(found);
    while (!next.isEmpty()) {
      var drain = next.remove();
      CHANGES.stream()
          .flatMap(change -> attempt(change, drain).stream())
          .filter(found::add)
          .forEach(next::add);
    }
    return found;
  }

  private static Optional<DrainRecord> attempt(
      UnaryOperator<DrainRecord> change, DrainRecord drain) {
    try {
      return Optional.of(change.apply(drain));
    } catch (IllegalStateException impossible) {
      return Optional.empty();
    }
  }
}
