package dev.flotilla.raft.ratis;

import dev.flotilla.raft.command.AnswerCodec;
import dev.flotilla.raft.ratis.Courier.Delivery;
import java.time.Duration;

/// Brings this voter up to everything that was committed before it was asked, by an entry of the
/// log that comes after all that.
///
/// A follower has an entry before it knows that it counts. The leader says so with the next one or
/// in a heartbeat, but not in a heartbeat while it waits for an answer from before this follower
/// was killed or cut off. So it is sent a next one.
///
/// @param sender appends an entry that changes nothing
record Barrier(Sender sender, Progress progress) {

  /// Heartbeats come more often than that.
  static final Duration LONG = Duration.ofMillis(500);

  interface Sender {
    Delivery send(Duration limit) throws InterruptedException;
  }

  /// What came of it.
  sealed interface Outcome {}

  record Passed() implements Outcome {}

  /// @param why one clause for people
  record Stuck(String why) implements Outcome {}

  Outcome await(Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    return switch (sender.send(limit)) {
      case Delivery.Lost(var why) -> new Stuck(why);
      case Delivery.Answered(AnswerCodec.Indexed(var index, var _), var _) ->
          progress.awaitApplied(index, LONG) || hasAfterAnother(index, end)
              ? new Passed()
              : new Stuck("this voter is too far behind the leader");
    };
  }

  private boolean hasAfterAnother(long index, long end) throws InterruptedException {
    var _ = sender.send(left(end));
    return progress.awaitApplied(index, left(end));
  }

  private static Duration left(long end) {
    return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
  }
}
