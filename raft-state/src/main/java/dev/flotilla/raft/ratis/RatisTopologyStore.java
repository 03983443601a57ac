package dev.flotilla.raft.ratis;

import dev.flotilla.raft.command.Answer;
import dev.flotilla.raft.command.AnswerCodec;
import dev.flotilla.raft.command.Command;
import dev.flotilla.raft.ratis.Courier.Delivery;
import dev.flotilla.topology.model.Epoch;
import dev.flotilla.topology.model.Revision;
import dev.flotilla.topology.store.CommitResult;
import dev.flotilla.topology.store.Key;
import dev.flotilla.topology.store.LeaseName;
import dev.flotilla.topology.store.LeaseResult;
import dev.flotilla.topology.store.StoreReading;
import dev.flotilla.topology.store.StoreWatcher;
import dev.flotilla.topology.store.TopologyStore;
import dev.flotilla.topology.store.Transaction;
import java.time.Duration;
import java.util.Optional;

/// The store as one of its voters gives it.
///
/// Commands go to the leader. Reads and watches are answered by this voter's own copy: at once
/// where it leads and holds the leader's lease before and after, otherwise behind a barrier.
final class RatisTopologyStore implements TopologyStore {

  /// Longer than an election takes.
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final Voter voter;

  RatisTopologyStore(Voter voter) {
    this.voter = voter;
  }

  @Override
  public StoreReading read(Key under) throws InterruptedException {
    var run = voter.run();
    if (run.isEmpty()) {
      return new StoreReading.Unknown(stopped());
    }
    var leased = readByLease(run.get(), under);
    return leased.isPresent() ? leased.get() : readBehindBarrier(run.get(), under);
  }

  private String stopped() {
    return "voter %s is stopped".formatted(voter.id());
  }

  /// The leader's lease says that nobody else can have committed anything since it began. It is
  /// asked again afterwards, because this process may have stood still in between.
  private static Optional<StoreReading> readByLease(Run run, Key under)
      throws InterruptedException {
    if (!run.hasLease() || !run.progress().awaitApplied(run.committed(), LIMIT)) {
      return Optional.empty();
    }
    var contents = run.machine().state().contents(under);
    return run.hasLease() ? Optional.of(new StoreReading.Known(contents)) : Optional.empty();
  }

  private static StoreReading readBehindBarrier(Run run, Key under) throws InterruptedException {
    var courier = new Courier(run);
    var barrier =
        new Barrier(limit -> courier.deliver(new Command.Barrier(), limit), run.progress());
    return switch (barrier.await(LIMIT)) {
      case Barrier.Passed() -> new StoreReading.Known(run.machine().state().contents(under));
      case Barrier.Stuck(var why) -> new StoreReading.Unknown(why);
    };
  }

  private Delivery deliver(Command command) throws InterruptedException {
    var run = voter.run();
    return run.isPresent()
        ? new Courier(run.get()).deliver(command, LIMIT)
        : new Delivery.Lost(stopped());
  }

  /// A refusal counts only if the transaction was sent once: of two, the first may have been
  /// applied, and the second refused because of what came after it.
  @Override
  public CommitResult commit(Transaction transaction) throws InterruptedException {
    return switch (deliver(new Command.Commit(transaction))) {
      case Delivery.Lost(var why) -> new CommitResult.Unconfirmed(why);
      case Delivery.Answered(AnswerCodec.Indexed(var index, Answer.Applied(var revision)), var _) ->
          new CommitResult.Applied(revision);
      case Delivery.Answered(
              AnswerCodec.Indexed(var index, Answer.Rejected(var objection)),
              var certain)
          when certain ->
          new CommitResult.Rejected(objection);
      case Delivery.Answered(var answer, var certain) ->
          new CommitResult.Unconfirmed("it was sent again while the leader changed");
    };
  }

  @Override
  public Registration watch(Key under, Revision after, StoreWatcher watcher) {
    return voter
        .run()
        .map(run -> run.feed().watch(under, after, watcher))
        .orElseGet(() -> {
          watcher.ended(StoreWatcher.Ending.LOST, stopped());
          return () -> {};
        });
  }

  @Override
  public LeaseResult lease(LeaseName name, String holder, Duration time)
      throws InterruptedException {
    return switch (deliver(new Command.Take(name, holder, time))) {
      case Delivery.Lost(var why) -> new LeaseResult.Unconfirmed(why);
      case Delivery.Answered(AnswerCodec.Indexed(var index, var answer), var certain) ->
          switch (answer) {
            case Answer.Granted(var epoch) -> new LeaseResult.Granted(epoch);
            case Answer.Held(var other, var epoch) -> new LeaseResult.Held(other, epoch);
            case Answer.Applied _, Answer.Rejected _, Answer.Done _, Answer.Unreadable _ ->
                new LeaseResult.Unconfirmed("the leader answered something else");
          };
    };
  }

  @Override
  public void release(LeaseName name, String holder, Epoch epoch) throws InterruptedException {
    var _ = deliver(new Command.Release(name, holder, epoch));
  }

  @Override
  public void close() {
    voter.close();
  }
}
