package dev.flotilla.raft.ratis;

import dev.flotilla.raft.command.AnswerCodec;
import dev.flotilla.raft.command.Command;
import dev.flotilla.raft.command.CommandCodec;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.exceptions.LeaderNotReadyException;
import org.apache.ratis.rpc.CallId;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;

/// Brings commands to the leader, whoever that is, and their answers back, during one run.
///
/// A command that bears it is sent again until it is answered: leaders change. See
/// [Command#mayRepeat].
final class Courier {

  /// A leader that could not answer is asked again after this time, if no other one comes up.
  private static final Duration NEXT_TRY = Duration.ofMillis(100);

  private final Run run;

  Courier(Run run) {
    this.run = run;
  }

  /// What came back.
  sealed interface Delivery {

    /// @param certain false if the command was sent before without an answer, so that it may have
    ///   been carried out twice
    record Answered(AnswerCodec.Indexed answer, boolean certain) implements Delivery {}

    /// @param why one clause for people
    record Lost(String why) implements Delivery {}
  }

  /// Ends at once when the thread is interrupted.
  Delivery deliver(Command command, Duration limit) throws InterruptedException {
    var message = Message.valueOf(ByteString.copyFrom(CommandCodec.encode(command)));
    long end = System.nanoTime() + limit.toNanos();
    int sent = 0;
    var why = "the store has no leader";
    for (long left = limit.toNanos(); left > 0; left = end - System.nanoTime()) {
      long changes = run.progress().groupChanges();
      var leader = run.leader();
      if (leader.isPresent()) {
        sent++;
        switch (ask(leader.get(), message, Duration.ofNanos(left))) {
          case Reply.Given(var answer) -> {
            return new Delivery.Answered(answer, sent == 1);
          }
          case Reply.Missing(var reason, var maybeDone) when maybeDone && !command.mayRepeat() -> {
            return new Delivery.Lost(reason);
          }
          case Reply.Missing(var reason, var maybeDone) -> why = reason;
        }
      }
      run.progress()
          .awaitGroupChange(
              changes, min(leader.isPresent() ? NEXT_TRY : limit, Duration.ofNanos(left)));
    }
    return new Delivery.Lost(why);
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private sealed interface Reply {
    record Given(AnswerCodec.Indexed answer) implements Reply {}

    /// @param maybeDone false if the leader says that it has not taken the command in
    record Missing(String why, boolean maybeDone) implements Reply {}
  }

  private Reply ask(RaftPeerId leader, Message message, Duration limit)
      throws InterruptedException {
    Optional<CompletableFuture<RaftClientReply>> pending = Optional.empty();
    try {
      pending = Optional.of(send(leader, message));
      var reply = pending.get().get(limit.toNanos(), TimeUnit.NANOSECONDS);
      return reply.isSuccess()
          ? new Reply.Given(
              AnswerCodec.decode(reply.getMessage().getContent().asReadOnlyByteBuffer()))
          : missing(leader, reply.getException());
    } catch (ExecutionException e) {
      return broken(leader, Optional.ofNullable(e.getCause()).orElse(e));
    } catch (TimeoutException | IOException | RuntimeException e) {
      return broken(leader, e);
    } finally {
      pending.ifPresent(future -> future.cancel(true));
    }
  }

  /// A connection that failed once stays closed until it is made anew.
  private Reply broken(RaftPeerId leader, Throwable failure) {
    var _ = run.client().getClientRpc().handleException(leader, failure, true);
    return missing(leader, failure);
  }

  /// One that has just been elected says so before it takes anything in. One that leads no more may
  /// have taken it in before.
  private static Reply missing(RaftPeerId leader, Throwable failure) {
    return new Reply.Missing(
        failure instanceof TimeoutException
            ? "leader %s of the store gave no answer".formatted(leader)
            : words(leader, failure),
        !(failure instanceof LeaderNotReadyException));
  }

  private CompletableFuture<RaftClientReply> send(RaftPeerId leader, Message message)
      throws IOException {
    var request =
        RaftClientRequest.newBuilder()
            .setClientId(run.client().getId())
            .setServerId(leader)
            .setGroupId(run.group().getGroupId())
            .setCallId(CallId.getAndIncrement())
            .setMessage(message)
            .setType(RaftClientRequest.writeRequestType())
            .build();
    if (leader.equals(run.self().peerId())) {
      return run.server().submitClientRequestAsync(request);
    }
    var others = run.client().getClientRpc();
    // The client knows whom it was made with. Others may vote since, and lead.
    others.addRaftPeers(List.of(Peers.peer(VoterId.of(leader.toString()))));
    return others.sendRequestAsyncUnordered(request);
  }

  private static String words(RaftPeerId leader, Throwable failure) {
    var text = Optional.ofNullable(failure.getMessage()).orElse(failure.getClass().getSimpleName());
    return "leader %s of the store says: %s"
        .formatted(leader, text.lines().findFirst().orElse("nothing"));
  }
}
