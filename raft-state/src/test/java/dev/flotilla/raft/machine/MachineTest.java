package dev.flotilla.raft.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.raft.command.Answer;
import dev.flotilla.raft.command.Command;
import dev.flotilla.topology.memory.MemoryTopologyStore;
import dev.flotilla.topology.model.Epoch;
import dev.flotilla.topology.model.Revision;
import dev.flotilla.topology.store.Change;
import dev.flotilla.topology.store.CommitResult;
import dev.flotilla.topology.store.Fence;
import dev.flotilla.topology.store.IntentId;
import dev.flotilla.topology.store.Key;
import dev.flotilla.topology.store.LeaseName;
import dev.flotilla.topology.store.LeaseResult;
import dev.flotilla.topology.store.StoreReading;
import dev.flotilla.topology.store.Transaction;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

class MachineTest {

  private static final LeaseName SITE = LeaseName.ofSite("eu-1");
  private static final Key ROOT = new Key("k");
  private static final List<Key> KEYS =
      List.of(ROOT, ROOT.child("a"), ROOT.child("b"), ROOT.child("b").child("c"), new Key("k-2"));
  private static final Duration SECOND = Duration.ofSeconds(1);

  /// One thing that is asked, and how much later than the one before.
  record Asked(Command command, Duration later) {}

  /// The store in memory was written for itself. Whatever is asked of both, they say the same.
  @Property(tries = 2_000)
  void itSaysWhatTheStoreInMemorySays(@ForAll("talks") List<Asked> talk) {
    var nanos = new AtomicLong(-3);
    var memory = new MemoryTopologyStore(nanos::get);
    var state = StoreState.EMPTY;
    var now = Duration.ZERO;
    for (Asked asked : talk) {
      nanos.addAndGet(asked.later().toNanos());
      now = now.plus(asked.later());
      var turn = Machine.turn(state, now, asked.command());
      state = turn.state();

      assertThat(turn.decision().answer()).isEqualTo(answerOf(memory, asked.command()));
      assertThat(new StoreReading.Known(state.contents(ROOT))).isEqualTo(memory.read(ROOT));
    }
  }

  @Property(tries = 500)
  void aStateIsReadAsItWasWritten(@ForAll("talks") List<Asked> talk) {
    var state = StoreState.EMPTY;
    for (Asked asked : talk) {
      state = Machine.turn(state, state.time().plus(asked.later()), asked.command()).state();
    }

    var bytes = StateCodec.encode(state);

    assertThat(StateCodec.decode(ByteBuffer.wrap(bytes))).isEqualTo(state);
    assertThat(StateCodec.encode(StateCodec.decode(ByteBuffer.wrap(bytes)))).isEqualTo(bytes);
  }

  @Test
  void timeNeverGoesBack() {
    var later = Machine.turn(StoreState.EMPTY, SECOND, new Command.Barrier()).state();

    var turn = Machine.turn(later, Duration.ZERO, new Command.Barrier());

    assertThat(turn.state().time()).isEqualTo(SECOND);
  }

  @Test
  void aLeaseEndsByTheTimeOfTheStore() {
    var first = Machine.turn(StoreState.EMPTY, SECOND, take("one")).state();

    var early = Machine.turn(first, SECOND.multipliedBy(11).minusNanos(1), take("two"));
    var inTime = Machine.turn(first, SECOND.multipliedBy(11), take("two"));

    assertThat(early.decision()).isEqualTo(Decision.nothing(new Answer.Held("one", new Epoch(1))));
    assertThat(inTime.decision().answer()).isEqualTo(new Answer.Granted(new Epoch(2)));
  }

  /// One question would have taken two terms, and what was done between them would have no author.
  @Test
  void whatTakesAnotherTermTheSecondTimeIsNotSentTwice() {
    var question = take("one");
    var first = Machine.turn(StoreState.EMPTY, SECOND, question);

    var late = Machine.turn(first.state(), SECOND.multipliedBy(12), question);

    assertThat(first.decision().answer()).isEqualTo(new Answer.Granted(new Epoch(1)));
    assertThat(late.decision().answer()).isEqualTo(new Answer.Granted(new Epoch(2)));
    assertThat(question.mayRepeat()).isFalse();
    assertThat(new Command.Release(SITE, "one", new Epoch(1)).mayRepeat()).isTrue();
    assertThat(new Command.Barrier().mayRepeat()).isTrue();
  }

  private static Command take(String holder) {
    return new Command.Take(SITE, holder, Duration.ofSeconds(10));
  }

  private static Answer answerOf(MemoryTopologyStore store, Command command) {
    return switch (command) {
      case Command.Commit(var transaction) ->
          switch (store.commit(transaction)) {
            case CommitResult.Applied(var revision) -> new Answer.Applied(revision);
            case CommitResult.Rejected(var objection) -> new Answer.Rejected(objection);
            case CommitResult.Unconfirmed(var why) -> throw new AssertionError(why);
          };
      case Command.Take(var lease, var holder, var time) ->
          switch (store.lease(lease, holder, time)) {
            case LeaseResult.Granted(var epoch) -> new Answer.Granted(epoch);
            case LeaseResult.Held(var other, var epoch) -> new Answer.Held(other, epoch);
            case LeaseResult.Unconfirmed(var why) -> throw new AssertionError(why);
          };
      case Command.Release(var lease, var holder, var epoch) -> {
        store.release(lease, holder, epoch);
        yield new Answer.Done();
      }
      case Command.Barrier() -> new Answer.Done();
    };
  }

  @Provide
  static Arbitrary<List<Asked>> talks() {
    var later = Arbitraries.longs().between(0, 4).map(SECOND::multipliedBy);
    var commands =
        Arbitraries.frequencyOf(
            Tuple.of(6, transactions()),
            Tuple.of(3, takes()),
            Tuple.of(1, releases()),
            Tuple.of(1, Arbitraries.just(new Command.Barrier())));
    return Combinators.combine(commands, later).as(Asked::new).list().ofMaxSize(40);
  }

  private static Arbitrary<Command> transactions() {
    var intents = Arbitraries.integers().between(1, 30).map(i -> new IntentId("i" + i));
    var fences =
        Arbitraries.longs()
            .between(1, 3)
            .map(epoch -> new Fence(SITE, new Epoch(epoch)))
            .optional(0.2);
    var conditions =
        Arbitraries.maps(Arbitraries.of(KEYS), revisions()).ofMaxSize(1).map(TreeMap::new);
    return Combinators.combine(
            Arbitraries.of(KEYS), revisions(), intents, fences, conditions, changes())
        .as((head, expected, intent, fence, unchanged, changes) ->
            new Command.Commit(
                new Transaction(
                    head,
                    expected,
                    intent,
                    fence,
                    unchanged,
                    changes.stream().filter(change -> !change.key().equals(head)).toList())));
  }

  private static Arbitrary<List<Change>> changes() {
    return Combinators.combine(
            Arbitraries.of(KEYS), Arbitraries.strings().alpha().ofMaxLength(3).optional())
        .as((key, value) ->
            value.<Change>map(text -> new Change.Put(key, text)).orElse(new Change.Delete(key)))
        .list()
        .ofMaxSize(3)
        .uniqueElements(Change::key);
  }

  /// Often right: with few commits they are low.
  private static Arbitrary<Revision> revisions() {
    return Arbitraries.longs().between(0, 4).map(Revision::new);
  }

  private static Arbitrary<Command> takes() {
    return Combinators.combine(holders(), Arbitraries.longs().between(1, 5))
        .as((holder, seconds) -> new Command.Take(SITE, holder, SECOND.multipliedBy(seconds)));
  }

  private static Arbitrary<Command> releases() {
    return Combinators.combine(holders(), Arbitraries.longs().between(1, 3).map(Epoch::new))
        .as((holder, epoch) -> new Command.Release(SITE, holder, epoch));
  }

  private static Arbitrary<String> holders() {
    return Arbitraries.of("one", "two");
  }
}
