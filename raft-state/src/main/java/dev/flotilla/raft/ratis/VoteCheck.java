package dev.flotilla.raft.ratis;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotRequestProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteRequestProto;
import org.apache.ratis.thirdparty.io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import org.apache.ratis.thirdparty.io.grpc.Metadata;
import org.apache.ratis.thirdparty.io.grpc.ServerCall;
import org.apache.ratis.thirdparty.io.grpc.ServerCallHandler;
import org.apache.ratis.thirdparty.io.grpc.ServerInterceptor;
import org.apache.ratis.thirdparty.io.grpc.Status;

/// Refuses a vote to anybody else while a leader may count on this voter: it was heard within the
/// shortest election, or this voter has not run for as long and does not know whom it heard before.
///
/// Ratis refuses only the question that goes before, whether one would be elected. A leader that
/// was silent and is heard again between that question and the vote has its lease, and answers
/// reads by it, while another one is elected and commits.
///
/// Whoever leads hears nobody, and may give its vote: its lease ends with that. So one that hands
/// over is not hindered, where two votes are enough. Safe for use by many threads.
///
/// Source: docs/adr/0031-reached-anew-and-asked-once.md; Raft (Ongaro 2014), section 6.4.1
final class VoteCheck implements ServerInterceptor {

  private final Duration election;
  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock();
  private long heard;

  /// @param election the shortest one; no lease lasts longer
  /// @param nanoTime goes on while the process stands still
  VoteCheck(Duration election, LongSupplier nanoTime) {
    this.election = election;
    this.nanoTime = nanoTime;
    heard = nanoTime.getAsLong();
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    return new Checked<>(call, next.startCall(call, headers));
  }

  /// What one caller says.
  private final class Checked<Q, A> extends SimpleForwardingServerCallListener<Q> {

    private final ServerCall<Q, A> call;
    private boolean isForAVote;

    Checked(ServerCall<Q, A> call, ServerCall.Listener<Q> next) {
      super(next);
      this.call = call;
    }

    /// Noted before it is acknowledged.
    @Override
    public void onMessage(Q message) {
      switch (message) {
        case AppendEntriesRequestProto _, InstallSnapshotRequestProto _ -> hear();
        case RequestVoteRequestProto question -> isForAVote = !question.getPreVote();
        default -> {
          // no matter of elections
        }
      }
      super.onMessage(message);
    }

    /// Ratis votes in here. Nobody is heard between the look and the vote; whoever is heard after
    /// it is of an older term, and not acknowledged.
    @Override
    public void onHalfClose() {
      if (!isForAVote) {
        super.onHalfClose();
        return;
      }
      lock.lock();
      try {
        if (nanoTime.getAsLong() - heard < election.toNanos()) {
          call.close(
              Status.FAILED_PRECONDITION.withDescription("this voter hears a leader"),
              new Metadata());
        } else {
          super.onHalfClose();
        }
      } finally {
        lock.unlock();
      }
    }
  }

  private void hear() {
    lock.lock();
    try {
      heard = nanoTime.getAsLong();
    } finally {
      lock.unlock();
    }
  }
}
