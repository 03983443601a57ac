package dev.flotilla.raft.machine;

import dev.flotilla.raft.command.Answer;
import dev.flotilla.raft.command.Command;
import dev.flotilla.raft.machine.StoreState.Lease;
import dev.flotilla.topology.store.Change;
import dev.flotilla.topology.store.CommitResult.Objection;
import dev.flotilla.topology.store.Entry;
import dev.flotilla.topology.store.Transaction;
import java.time.Duration;
import java.util.Optional;

/// The rules of the store, as two pure functions: [#decide] says what a command means, [#replay]
/// what the state is after it.
///
/// They keep the contract of [dev.flotilla.topology.store.TopologyStore], one command after the
/// other.
public final class Machine {

  private Machine() {}

  /// A state, what was answered on the way to it, and what happened.
  public record Turn(StoreState state, Decision decision) {}

  /// Carries out a command.
  ///
  /// @param now store time as the leader counted it; a moment before the state's own is taken for
  ///   the state's
  public static Turn turn(StoreState before, Duration now, Command command) {
    var state = before.at(now);
    var decision = decide(state, command);
    return new Turn(decision.event().map(event -> replay(state, event)).orElse(state), decision);
  }

  static Decision decide(StoreState state, Command command) {
    return switch (command) {
      case Command.Commit(var transaction) -> commit(state, transaction);
      case Command.Take take -> take(state, take);
      case Command.Release release -> release(state, release);
      case Command.Barrier() -> Decision.nothing(new Answer.Done());
    };
  }

  private static Decision commit(StoreState state, Transaction transaction) {
    var head = state.entry(transaction.head());
    if (head.filter(entry -> entry.value().equals(transaction.intent().value())).isPresent()) {
      return Decision.nothing(new Answer.Applied(head.get().revision()));
    }
    return objection(state, transaction)
        .map(objection -> Decision.nothing(new Answer.Rejected(objection)))
        .orElseGet(() -> {
          var revision = state.revision().next();
          return Decision.that(
              new Answer.Applied(revision), new Event.Committed(revision, transaction.writes()));
        });
  }

  private static Optional<Objection> objection(StoreState state, Transaction transaction) {
    if (transaction.fence().isPresent()) {
      var fence = transaction.fence().get();
      var epoch = state.epoch(fence.lease());
      if (!epoch.equals(fence.epoch())) {
        return Optional.of(new Objection.Overtaken(epoch));
      }
    }
    return transaction.conditions().entrySet().stream()
        .filter(condition -> !state.revision(condition.getKey()).equals(condition.getValue()))
        .<Objection>map(condition ->
            new Objection.Outdated(condition.getKey(), state.revision(condition.getKey())))
        .findFirst();
  }

  private static Decision take(StoreState state, Command.Take take) {
    var held = state.lease(take.lease()).filter(lease -> lease.until().compareTo(state.time()) > 0);
    if (held.filter(lease -> !lease.holder().equals(take.holder())).isPresent()) {
      return Decision.nothing(new Answer.Held(held.get().holder(), held.get().epoch()));
    }
    var epoch = held.map(Lease::epoch).orElseGet(() -> state.epoch(take.lease()).next());
    var lease = new Lease(take.holder(), epoch, state.time().plus(take.time()));
    return Decision.that(new Answer.Granted(epoch), new Event.Leased(take.lease(), lease));
  }

  private static Decision release(StoreState state, Command.Release release) {
    return state
        .lease(release.lease())
        .filter(lease -> lease.holder().equals(release.holder()))
        .filter(lease -> lease.epoch().equals(release.epoch()))
        .map(lease -> new Lease(lease.holder(), lease.epoch(), state.time()))
        .map(over -> Decision.that(new Answer.Done(), new Event.Leased(release.lease(), over)))
        .orElseGet(() -> Decision.nothing(new Answer.Done()));
  }

  static StoreState replay(StoreState state, Event event) {
    return switch (event) {
      case Event.Committed(var at, var changes) -> {
        var entries = state.entries();
        for (Change change : changes) {
          entries =
              switch (change) {
                case Change.Put(var key, var value) -> entries.plus(key, new Entry(key, value, at));
                case Change.Delete(var key) -> entries.minus(key);
              };
        }
        yield new StoreState(state.time(), at, entries, state.leases());
      }
      case Event.Leased(var name, var lease) ->
          new StoreState(
              state.time(), state.revision(), state.entries(), state.leases().plus(name, lease));
    };
  }
}
