package dev.flotilla.raft.ratis;

import dev.flotilla.raft.command.Answer;
import dev.flotilla.raft.command.AnswerCodec;
import dev.flotilla.raft.command.Command;
import dev.flotilla.raft.ratis.Courier.Delivery;
import dev.flotilla.topology.memory.CommitFeed;
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
  private final Courier courier;
  private final CommitFeed feed;
  private final Progress progress;

  RatisTopologyStore(Voter voter, Courier courier, CommitFeed feed, Progress progress) {
    this.voter = voter;
    this.courier = courier;
    this.feed = feed;
    this.progress = progress;
  }

  @Override
  public StoreReading read(Key under) throws InterruptedException {
    var leased = readByLease(under);
    return leased.isPresent() ? leased.get() : readBehindBarrier(under);
  }

  /// The leader's lease says that nobody else can have committed anything since it began. It is
  /// asked again afterwards, because this process may have stood still in between.
  private Optional<StoreReading> readByLease(Key under) throws InterruptedException {
    if (!voter.hasLease() || !progress.awaitApplied(voter.committed(), LIMIT)) {
      return Optional.empty();
    }
    var contents = voter.machine().state().contents(under);
    return voter.hasLease() ? Optional.of(new StoreReading.Known(contents)) : Optional.empty();
  }

  private StoreReading readBehindBarrier(Key under) throws InterruptedException {
    return switch (courier.deliver(new Command.Barrier(), LIMIT)) {
      case Delivery.Lost(var why) -> new StoreReading.Unknown(why);
      case Delivery.Answered(AnswerCodec.Indexed(var index, var answer), var certain) ->
          progress.awaitApplied(index, LIMIT)
              ? new StoreReading.Known(voter.machine().state().contents(under))
              : new StoreReading.Unknown(
                  "voter %s is too far behind the leader".formatted(voter.id()));
    };
  }

  /// A refusal counts only if the transaction was sent once: of two, the first may have been
  /// applied, and the second refused because of what came after it.
  @Override
  public CommitResult commit(Transaction transaction) throws InterruptedException {
    return switch (courier.deliver(new Command.Commit(transaction), LIMIT)) {
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
    return feed.watch(under, after, watcher);
  }

  @Override
  public LeaseResult lease(LeaseName name, String holder, Duration time)
      throws InterruptedException {
    return switch (courier.deliver(new Command.Take(name, holder, time), LIMIT)) {
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
    var _ = courier.deliver(new Command.Release(name, holder, epoch), LIMIT);
  }

  /// Ends watches; the voter ends with its owner.
  @Override
  public void close() {
    feed.close();
  }
}
