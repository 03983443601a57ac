package dev.flotilla.operator.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.operator.core.view.EngineMarks;
import dev.flotilla.operator.core.view.Evacuation;
import dev.flotilla.operator.core.view.Explained;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.port.EnginePort;
import dev.flotilla.operator.port.Errand;
import dev.flotilla.operator.port.MarkOrder;
import dev.flotilla.operator.port.MarkResult;
import dev.flotilla.operator.port.StopSignal;
import dev.flotilla.topology.model.Epoch;
import dev.flotilla.topology.model.MemberName;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/// What every engine that can be drained does, the fake one as the real one: marks are read back,
/// people's entries survive, data moves, and what cannot move is said before anything is touched.
///
/// The database has three members: one in zone a, two in zone b, and zones are not forced. It holds
/// one index of two shards with one replica each, so every shard has a copy in either zone. The
/// copies in zone a cannot leave it: there may be one copy of a shard in a zone, and the last
/// member of a zone counts as a zone as long as it is there. Each test leaves all as it was.
///
/// Source: https://github.com/zalando-incubator/es-operator/issues/404
public abstract class EvacuationContract {

  protected static final String INDEX = "notes";
  protected static final int SHARDS = 2;

  /// What a person has excluded, with blanks and a wildcard.
  protected static final String BY_HAND = " old-1 ,,gone-*";

  private static final Errand ERRAND = new Errand("contract", "test", new Epoch(1));

  protected abstract EnginePort engine();

  protected abstract EnginePort.Access access();

  /// The only member of zone a.
  protected abstract MemberName lonely();

  /// The two members of zone b.
  protected abstract List<MemberName> pair();

  /// Sets the list in which the operator writes as a person would; empty removes it.
  protected abstract void byHand(String text);

  /// Excludes addresses as a person would; empty takes that away.
  protected abstract void byAddress(String text);

  /// Where a member is reached.
  protected abstract String address(MemberName member);

  /// All settings, as the engine tells them.
  protected abstract String settings();

  /// Waits until the engine has decided about every copy and none is on the move.
  protected abstract void settled();

  @Test
  protected void whatPeopleExcludedSurvivesAHundredOperations() {
    byHand(BY_HAND);
    var before = settings();
    var member = Set.of(lonely());

    for (int i = 0; i < 100; i++) {
      assertHeld(sync(MarkOrder.mark(member)), member);
      assertThat(list().foreign(member))
          .extracting(EngineMarks.ForeignMark::text)
          .containsExactlyInAnyOrder("old-1", "gone-*");
      assertHeld(sync(MarkOrder.release(member)), Set.of());
      assertThat(settings()).isEqualTo(before);
    }
    byHand("");
  }

  /// Two drains at once: the end of one leaves the other's mark.
  @Test
  protected void releasingOneMarkLeavesTheOthers() {
    byHand(BY_HAND);
    var before = settings();
    var pair = Set.copyOf(pair());

    assertHeld(sync(MarkOrder.mark(pair)), pair);
    assertHeld(sync(MarkOrder.release(Set.of(pair().getFirst()))), Set.of(pair().getLast()));
    assertThat(list().named()).contains("old-1", "gone-*", pair().getLast().value());
    assertHeld(sync(MarkOrder.release(Set.of(pair().getLast()))), Set.of());

    assertThat(settings()).isEqualTo(before);
    byHand("");
  }

  /// A member has inherited an excluded address: it takes nothing until just that entry is gone.
  @Test
  protected void anEntryByAddressIsStruckAloneAndItsMemberTakesDataAgain() {
    var before = settings();
    var heir = pair().getFirst();
    var other = pair().getLast();
    byAddress(address(heir) + ",198.18.0.9");
    await(Set.of(heir), it -> count(it, heir) == 0);
    settled();
    assertThat(count(evacuation(Set.of(heir)), other)).as("nobody else").isEqualTo(SHARDS);

    var mark =
        list().elsewhere().stream()
            .filter(it -> it.text().equals(address(heir)))
            .findFirst()
            .orElseThrow();
    assertThat(mark.by()).isEqualTo(EngineMarks.By.ADDRESS);
    var struck = sync(MarkOrder.strike(new MarkOrder.Entry(mark.setting(), mark.text())));

    assertThat(struck)
        .isInstanceOfSatisfying(
            MarkResult.Held.class,
            held -> {
              assertThat(held.acknowledged()).isTrue();
              assertThat(held.marks().elsewhere())
                  .extracting(EngineMarks.ForeignMark::text)
                  .containsExactly("198.18.0.9");
            });
    assertHeld(sync(MarkOrder.mark(Set.of(other))), Set.of(other));
    await(Set.of(other), it -> count(it, other) == 0 && count(it, heir) == SHARDS);
    assertHeld(sync(MarkOrder.release(Set.of(other))), Set.of());
    byAddress("");
    assertThat(settings()).isEqualTo(before);
  }

  private static int count(Evacuation reading, MemberName member) {
    return reading.member(member).orElseThrow().copies();
  }

  @Test
  protected void repeatingAnOrderChangesNothing() {
    var before = settings();
    assertHeld(sync(MarkOrder.mark(Set.of(lonely()))), Set.of(lonely()));
    var once = settings();
    var again = sync(MarkOrder.mark(Set.of(lonely())));

    assertThat(again)
        .isInstanceOfSatisfying(
            MarkResult.Held.class, held -> assertThat(held.acknowledged()).isFalse());
    assertThat(settings()).isEqualTo(once);
    assertHeld(sync(MarkOrder.release(Set.of(lonely()))), Set.of());
    var released = sync(MarkOrder.release(Set.of(lonely())));
    assertThat(released)
        .isInstanceOfSatisfying(
            MarkResult.Held.class, held -> assertThat(held.acknowledged()).isTrue());
    assertThat(settings()).isEqualTo(before);
  }

  /// From the engine's word that it can be, by way of the mark, to nothing left and no mark left.
  @Test
  protected void whatCanGoGoes() {
    var settings = settings();
    settled();
    var leaving = pair().getFirst();
    var before = evacuation(Set.of(leaving));
    var seat = before.member(leaving).orElseThrow();

    assertThat(explain(before.left(), Set.of(leaving)))
        .allSatisfy(it -> assertThat(it.answer()).isEqualTo(Explained.Answer.CAN_GO));
    assertHeld(sync(MarkOrder.mark(Set.of(leaving))), Set.of(leaving));
    var after = await(Set.of(leaving), it -> it.member(leaving).orElseThrow().copies() == 0);

    assertThat(after.left()).isEmpty();
    assertThat(after.unassigned()).isEmpty();
    assertThat(after.member(leaving).orElseThrow().nodeId()).isEqualTo(seat.nodeId());
    assertThat(after.member(leaving).orElseThrow().processId()).isEqualTo(seat.processId());
    assertThat(after.member(pair().getLast()).orElseThrow().copies()).isEqualTo(SHARDS);
    assertThat(after.member(lonely()).orElseThrow().copies()).isEqualTo(SHARDS);
    assertThat(after.evidence().isAtLeast(before.evidence())).isTrue();
    assertHeld(sync(MarkOrder.release(Set.of(leaving))), Set.of());
    assertThat(settings()).isEqualTo(settings);
  }

  /// The drain that never ends: green, nothing on the move, no error, and not one copy leaves.
  @Test
  protected void whatCannotGoIsSaidBeforeAndStaysForEver() {
    settled();
    var before = evacuation(Set.of(lonely()));

    assertThat(before.left()).hasSize(SHARDS);
    assertStays(explain(before.left(), Set.of(lonely())));
    assertHeld(sync(MarkOrder.mark(Set.of(lonely()))), Set.of(lonely()));
    settled();
    var stuck = evacuation(Set.of(lonely()));
    assertStays(explain(stuck.left(), Set.of(lonely())));
    assertHeld(sync(MarkOrder.release(Set.of(lonely()))), Set.of());

    assertThat(stuck.left()).isEqualTo(before.left());
    assertThat(stuck.unassigned()).isEmpty();
  }

  /// Neither of the two can take what the other one holds when both are to leave.
  @Test
  protected void membersThatLeaveTogetherTakeNothingOfEachOther() {
    settled();
    var both = evacuation(Set.copyOf(pair()));

    assertThat(both.left()).hasSize(SHARDS);
    assertStays(explain(both.left(), Set.copyOf(pair())));
  }

  @Test
  protected void aCopyThatIsNotThereHasMoved() {
    settled();
    var copy = evacuation(Set.of(lonely())).left().getFirst();
    var elsewhere =
        new Evacuation.Copy(
            "no-such-index",
            copy.shard(),
            copy.primary(),
            copy.at(),
            copy.movingTo(),
            copy.reason());

    assertThat(explain(List.of(elsewhere), Set.of()).getFirst().answer())
        .isEqualTo(Explained.Answer.MOVED);
  }

  private static void assertStays(List<Explained> explained) {
    assertThat(explained)
        .hasSize(SHARDS)
        .allSatisfy(it -> {
          assertThat(it.answer()).isEqualTo(Explained.Answer.STAYS);
          assertThat(it.objections())
              .filteredOn(objection -> objection.decider().equals("awareness"))
              .singleElement()
              .satisfies(objection ->
                  assertThat(objection.words())
                      .contains("there are [2] copies of this shard and [2] values")
                      .contains("there may be at most [1] copies"));
        });
  }

  /// Looks until it is as wanted, for at most a minute; each look blocks on the engine's answer.
  private Evacuation await(Set<MemberName> leaving, Predicate<Evacuation> wanted) {
    long end = System.nanoTime() + 60_000_000_000L;
    var last = evacuation(leaving);
    while (!wanted.test(last) && System.nanoTime() < end) {
      settled();
      last = evacuation(leaving);
    }
    assertThat(last).matches(wanted);
    return last;
  }

  private MarkResult sync(MarkOrder order) {
    return engine().sync(new StopSignal(), access(), ERRAND, order);
  }

  private EngineMarks list() {
    return known(engine().listMarks(new StopSignal(), access(), ERRAND));
  }

  private Evacuation evacuation(Set<MemberName> leaving) {
    return known(engine().evacuation(new StopSignal(), access(), ERRAND, leaving));
  }

  private List<Explained> explain(List<Evacuation.Copy> copies, Set<MemberName> leaving) {
    return known(engine().explain(new StopSignal(), access(), ERRAND, copies, leaving));
  }

  private static <T> T known(Reading<T> reading) {
    assertThat(reading).isInstanceOf(Reading.Known.class);
    return reading.known().orElseThrow();
  }

  private void assertHeld(MarkResult result, Set<MemberName> marked) {
    assertThat(result)
        .isInstanceOfSatisfying(
            MarkResult.Held.class,
            held -> {
              var ours = Set.of(lonely(), pair().getFirst(), pair().getLast());
              assertThat(held.marks().of(ours)).containsExactlyInAnyOrderElementsOf(marked);
            });
  }
}
