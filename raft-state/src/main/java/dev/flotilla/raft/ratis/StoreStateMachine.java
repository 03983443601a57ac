package dev.flotilla.raft.ratis;

import dev.flotilla.raft.command.Answer;
import dev.flotilla.raft.command.AnswerCodec;
import dev.flotilla.raft.command.CommandCodec;
import dev.flotilla.raft.command.Decoder;
import dev.flotilla.raft.command.Encoder;
import dev.flotilla.raft.machine.Decision;
import dev.flotilla.raft.machine.Event;
import dev.flotilla.raft.machine.Machine;
import dev.flotilla.raft.machine.StateCodec;
import dev.flotilla.raft.machine.StoreState;
import dev.flotilla.topology.memory.CommitFeed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.apache.ratis.io.MD5Hash;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RaftConfigurationProto;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftGroupMemberId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.exceptions.StateMachineException;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.storage.FileInfo;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.StateMachineStorage;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.apache.ratis.statemachine.impl.SimpleStateMachineStorage;
import org.apache.ratis.statemachine.impl.SingleFileSnapshotInfo;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.util.AtomicFileOutputStream;
import org.apache.ratis.util.LifeCycle;
import org.apache.ratis.util.MD5FileUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// This voter's copy of the store, as Ratis drives it: entries of the log go in, in their order.
///
/// An entry is the leader's store time, then a command. No entry may ever throw: what throws closes
/// the division of every voter in turn, and again at each start.
final class StoreStateMachine extends BaseStateMachine {

  /// A larger entry does not fit into Ratis' buffers, and costs the leader its office.
  static final int MAX_ENTRY = 1024 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(StoreStateMachine.class);

  private final SimpleStateMachineStorage storage = new SimpleStateMachineStorage();
  private final CommitFeed feed;
  private final Progress progress;
  private final LongSupplier nanoTime;
  private final Executor tellers;
  private volatile Path folder = Path.of("");
  private volatile Moment now;
  private volatile Backlog backlog = Backlog.NONE;
  private volatile boolean intact = true;
  private volatile boolean excluded;

  /// The state after the last entry.
  ///
  /// @param nanos the moment at which this voter applied it, by its own clock
  private record Moment(StoreState state, long nanos) {}

  /// @param nanoTime a clock that never goes back, in nanoseconds
  /// @param tellers on which watchers are told; applying never waits for them
  StoreStateMachine(CommitFeed feed, Progress progress, LongSupplier nanoTime, Executor tellers) {
    this.feed = feed;
    this.progress = progress;
    this.nanoTime = nanoTime;
    this.tellers = tellers;
    now = new Moment(StoreState.EMPTY, nanoTime.getAsLong());
  }

  StoreState state() {
    return now.state();
  }

  /// Store time as this voter would count it if it led: what has gone by since it applied the last
  /// entry is added. Time that it spent stopped is missing, so it never runs ahead.
  private Duration storeTime() {
    var last = now;
    return last.state().time().plusNanos(Math.max(0, nanoTime.getAsLong() - last.nanos()));
  }

  @Override
  public void initialize(RaftServer server, RaftGroupId group, RaftStorage raftStorage)
      throws IOException {
    super.initialize(server, group, raftStorage);
    getLifeCycle()
        .startAndTransition(() -> {
          storage.init(raftStorage);
          folder = raftStorage.getStorageDir().getStateMachineDir().toPath();
          load();
        });
  }

  /// A snapshot of the leader takes the place of what this voter knows.
  @Override
  public void pause() {
    getLifeCycle().transition(LifeCycle.State.PAUSING);
    getLifeCycle().transition(LifeCycle.State.PAUSED);
  }

  @Override
  public void reinitialize() throws IOException {
    getLifeCycle().startAndTransition(this::load);
  }

  private void load() throws IOException {
    var found = storage.loadLatestSnapshot();
    if (found == null) {
      requireNoSnapshot();
      return;
    }
    var file = found.getFile().getPath();
    var digest = Optional.ofNullable(found.getFile().getFileDigest());
    if (digest.filter(MD5FileUtil.computeMd5ForFile(file.toFile())::equals).isEmpty()) {
      throw new IOException("snapshot %s is damaged".formatted(file));
    }
    try {
      now =
          new Moment(
              StateCodec.decode(ByteBuffer.wrap(Files.readAllBytes(file))), nanoTime.getAsLong());
    } catch (IllegalArgumentException e) {
      throw new IOException("snapshot %s is damaged".formatted(file), e);
    }
    backlog = Backlog.NONE;
    setLastAppliedTermIndex(found.getTermIndex());
    progress.applied(found.getIndex());
    feed.skipTo(now.state().revision());
    tellers.execute(feed::deliver);
  }

  /// Ratis takes one whose digest it cannot read for none. The log before it is gone, so what comes
  /// after it would be applied to nothing.
  private void requireNoSnapshot() throws IOException {
    try (var files = Files.list(folder)) {
      var damaged =
          files
              .filter(file ->
                  SimpleStateMachineStorage.SNAPSHOT_REGEX
                      .matcher(file.getFileName().toString())
                      .matches())
              .findFirst();
      if (damaged.isPresent()) {
        throw new IOException("snapshot %s is damaged".formatted(damaged.get()));
      }
    }
  }

  /// Runs on the leader alone, before the entry has its place.
  @Override
  public TransactionContext startTransaction(RaftClientRequest request) {
    var command = request.getMessage().getContent();
    var stamp = new Encoder().number(storeTime().toNanos()).toBytes();
    var transaction =
        TransactionContext.newBuilder()
            .setStateMachine(this)
            .setClientRequest(request)
            .setLogData(ByteString.copyFrom(stamp).concat(command))
            .build();
    if (command.size() > MAX_ENTRY) {
      transaction.setException(
          new StateMachineException(
              "an entry has at most %,d bytes, this one has %,d"
                  .formatted(MAX_ENTRY, command.size())));
    }
    return transaction;
  }

  @Override
  public CompletableFuture<Message> applyTransaction(TransactionContext transaction) {
    var entry = transaction.getLogEntry();
    var answer = new AnswerCodec.Indexed(entry.getIndex(), apply(entry));
    backlog = backlog.plus(entry.getSerializedSize(), nanoTime.getAsLong());
    updateLastAppliedTermIndex(entry.getTerm(), entry.getIndex());
    progress.applied(entry.getIndex());
    return CompletableFuture.completedFuture(
        Message.valueOf(ByteString.copyFrom(AnswerCodec.encode(answer))));
  }

  private Answer apply(LogEntryProto entry) {
    try {
      var bytes = entry.getStateMachineLogEntry().getLogData().asReadOnlyByteBuffer();
      var from = new Decoder(bytes);
      var time = Duration.ofNanos(from.number());
      var turn = Machine.turn(now.state(), time, CommandCodec.decode(from.rest()));
      now = new Moment(turn.state(), nanoTime.getAsLong());
      tell(turn.decision());
      return turn.decision().answer();
    } catch (RuntimeException e) {
      LOG.warn("entry {} of the store's log changes nothing", entry.getIndex(), e);
      return new Answer.Unreadable(Optional.ofNullable(e.getMessage()).orElse(e.toString()));
    }
  }

  private void tell(Decision decision) {
    if (decision.event().orElse(null) instanceof Event.Committed(var at, var changes)) {
      feed.add(new CommitFeed.Commit(at, changes));
      tellers.execute(feed::deliver);
    }
  }

  /// What the log could not write it will not write later either.
  @Override
  public void notifyLogFailed(Throwable cause, LogEntryProto failed) {
    LOG.warn("the store's log cannot be written", cause);
    intact = false;
  }

  /// Whether the log below it can still be written.
  boolean isIntact() {
    return intact;
  }

  /// Whether the others go on without this voter, by the last configuration that it heard of.
  boolean isExcluded() {
    return excluded;
  }

  /// Entries of Ratis itself: changes of the configuration, and what it notes of the log.
  @Override
  public void notifyTermIndexUpdated(long term, long index) {
    super.notifyTermIndexUpdated(term, index);
    progress.applied(index);
  }

  @Override
  public void notifyLeaderChanged(RaftGroupMemberId self, RaftPeerId leader) {
    progress.groupChanged();
  }

  @Override
  public void notifyLeaderReady() {
    progress.groupChanged();
  }

  @Override
  public void notifyConfigurationChanged(
      long term, long index, RaftConfigurationProto configuration) {
    var self = getId().toByteString();
    excluded =
        Stream.concat(
                configuration.getPeersList().stream(), configuration.getListenersList().stream())
            .noneMatch(peer -> peer.getId().equals(self));
    progress.groupChanged();
  }

  /// Whether the state should be written as a whole.
  boolean isLogLong() {
    return backlog.isTooMuch(nanoTime.getAsLong());
  }

  /// Runs between two entries. A snapshot that cannot be written is left out: the log stays longer,
  /// and as much again is added to it before the next try.
  @Override
  public long takeSnapshot() throws IOException {
    backlog = Backlog.NONE;
    var at = getLastAppliedTermIndex();
    var file = storage.getSnapshotFile(at.getTerm(), at.getIndex()).toPath();
    try {
      var hash = write(file, StateCodec.encode(now.state()));
      storage.updateLatestSnapshot(new SingleFileSnapshotInfo(new FileInfo(file, hash), at));
      return at.getIndex();
    } catch (RuntimeException e) {
      throw new IOException("the state cannot be written", e);
    }
  }

  /// The digest comes first: a snapshot without one is damaged, a digest without one is nothing.
  private static MD5Hash write(Path file, byte[] bytes) throws IOException {
    var digest = digest(bytes);
    MD5FileUtil.saveMD5File(file.toFile(), digest);
    var out = new AtomicFileOutputStream(file.toFile());
    try {
      out.write(bytes);
      out.close();
    } catch (IOException e) {
      out.abort();
      throw e;
    }
    return digest;
  }

  /// As Ratis wants it; it is to find damage, not to keep anybody out.
  private static MD5Hash digest(byte[] bytes) {
    try {
      return MD5Hash.newInstance(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public StateMachineStorage getStateMachineStorage() {
    return storage;
  }
}
