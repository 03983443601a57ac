package dev.flotilla.raft.ratis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flotilla.raft.command.Answer;
import dev.flotilla.raft.command.AnswerCodec;
import dev.flotilla.topology.model.Revision;
import dev.flotilla.topology.store.Change;
import dev.flotilla.topology.store.CommitResult;
import dev.flotilla.topology.store.Entry;
import dev.flotilla.topology.store.IntentId;
import dev.flotilla.topology.store.Key;
import dev.flotilla.topology.store.StoreReading;
import dev.flotilla.topology.store.StoreWatcher;
import dev.flotilla.topology.store.TopologyStore;
import dev.flotilla.topology.store.Transaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.rpc.CallId;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A store of one voter, in this process: what one voter does by itself.
@Tag("processes")
class VoterTest {

  private static final VoterId SELF = VoterId.of("zone-a.1");
  private static final Key KEY = new Key("counter");
  private static final int PATIENCE = 60;

  private final AtomicInteger intents = new AtomicInteger();
  private final AtomicLong ahead = new AtomicLong();
  private VoterProcess.Group group;
  private Path directory;
  private Voter voter;

  @BeforeEach
  void found(@TempDir Path directory) throws Exception {
    this.directory = directory;
    group =
        new VoterProcess.Group(
            UUID.randomUUID(),
            new TreeSet<>(List.of(SELF)),
            Places.free(List.of(SELF)),
            VoterProcess.ELECTION_ALONE);
    voter = start();
  }

  @AfterEach
  void end() {
    voter.close();
  }

  @Test
  void whatWasCommittedIsThereAfterARestart() throws Exception {
    var revision = write("1", Revision.NONE);

    restart();

    assertThat(read()).isEqualTo("1 at " + revision);
    assertThat(write("2", revision)).isEqualTo(revision.next());
  }

  @Test
  @Tag("RF-1")
  void aVoterThatLostItsDiskNeverVotesUnderItsOldName() throws Exception {
    voter.close();
    delete(directory);

    assertThatThrownBy(
            () -> Voter.resume(group.settings(SELF, directory), VoterProcess.surroundings(group)))
        .hasMessageContaining("zone-a.2");
    assertThat(directory)
        .as("nothing was made")
        .satisfiesAnyOf(
            path -> assertThat(path).doesNotExist(), path -> assertThat(path).isEmptyDirectory());
  }

  @Test
  void aVoterThatHasStartedIsNotFoundedAgain() {
    assertThatThrownBy(
            () -> Voter.found(group.settings(SELF, directory), VoterProcess.surroundings(group)))
        .hasMessageContaining("resume");
  }

  /// Also not at the next start, when it is read again.
  @Test
  void anEntryThatMeansNothingChangesNothingAndStopsNobody() throws Exception {
    var before = write("1", Revision.NONE);

    var reply = send(ByteString.copyFromUtf8("what is this"));

    assertThat(AnswerCodec.decode(reply.getMessage().getContent().asReadOnlyByteBuffer()).answer())
        .isInstanceOf(Answer.Unreadable.class);
    var after = write("2", before);
    restart();
    assertThat(read()).isEqualTo("2 at " + after);
  }

  /// Ratis would take it, fail to send it, and depose the leader.
  @Test
  void anEntryThatIsTooLargeIsRefusedBeforeItIsInTheLog() throws Exception {
    var before = write("1", Revision.NONE);

    var reply = send(ByteString.copyFrom(new byte[StoreStateMachine.MAX_ENTRY + 1]));

    assertThat(reply.isSuccess()).isFalse();
    assertThat(reply.getException()).hasMessageContaining("1,048,576");
    write("2", before);
  }

  @Test
  void aSnapshotTakesThePlaceOfTheLog() throws Exception {
    var revision = write("1", Revision.NONE);
    assertThat(run().snapshot()).isTrue();
    Files.delete(log());

    restart();

    assertThat(read()).isEqualTo("1 at " + revision);
    assertThat(ending(Revision.NONE)).isEqualTo(StoreWatcher.Ending.COMPACTED);
  }

  @Test
  void aSnapshotThatCannotBeWrittenStopsNobody() throws Exception {
    var before = write("1", Revision.NONE);
    var folder = groupFolder().resolve("sm");
    delete(folder);
    Files.createFile(folder);

    assertThat(run().snapshot()).isFalse();

    write("2", before);
  }

  /// What comes after it in the log would be applied to nothing.
  @Test
  void aSnapshotThatCannotBeReadIsNotTakenForNone() throws Exception {
    write("1", Revision.NONE);
    assertThat(run().snapshot()).isTrue();
    voter.close();
    for (Path file : snapshots()) {
      if (file.toString().endsWith(".md5")) {
        Files.write(file, new byte[0]);
      }
    }

    assertThatThrownBy(
            () -> Voter.resume(group.settings(SELF, directory), VoterProcess.surroundings(group)))
        .hasMessageContaining("can come back as zone-a.2")
        .hasStackTraceContaining("is damaged");
  }

  /// Some thirteen megabytes are written, two hundred kilobytes of which are still of use.
  @Test
  void whatWasWrittenOverDoesNotFillTheDisk() throws Exception {
    var last = Revision.NONE;
    for (int i = 0; i < 66; i++) {
      last = write(largest(), last);
    }

    Await.that("little is left", () -> size(groupFolder()) < Backlog.MOST_BYTES + 2_000_000);
    restart();
    assertThat(write("after it", last)).isEqualTo(last.next());
  }

  @Test
  void afterAnHourALittleIsWrittenAsAWholeToo() throws Exception {
    write("1", Revision.NONE);
    assertThat(snapshots()).isEmpty();

    ahead.set(Backlog.LONGEST.toNanos());

    Await.that("it is written", () -> !snapshots().isEmpty());
  }

  private static List<Change> largest() {
    return IntStream.range(0, Transaction.MAX_CHARACTERS / Entry.MAX_VALUE)
        .<Change>mapToObj(i -> new Change.Put(KEY.child("v" + i), "x".repeat(Entry.MAX_VALUE)))
        .toList();
  }

  private List<Path> snapshots() throws IOException {
    try (var files = Files.list(groupFolder().resolve("sm"))) {
      return files.filter(file -> !file.toFile().isDirectory()).toList();
    }
  }

  private static long size(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private Run run() {
    return voter.run().orElseThrow();
  }

  private void restart() throws IOException, InterruptedException {
    voter.close();
    voter = start();
  }

  private Voter start() throws IOException, InterruptedException {
    var surroundings =
        new Voter.Surroundings(
            group.places(), () -> System.nanoTime() + ahead.get(), () -> Long.MAX_VALUE);
    var started = VoterProcess.start(group, SELF, directory, surroundings);
    new Counter(started.store()).reread(); // once it knows, it leads
    return started;
  }

  private Path groupFolder() {
    return directory.resolve(group.id().toString());
  }

  private Path log() throws IOException {
    try (var files = Files.list(groupFolder().resolve("current"))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("log_"))
          .findFirst()
          .orElseThrow();
    }
  }

  private RaftClientReply send(ByteString command) throws Exception {
    var request =
        RaftClientRequest.newBuilder()
            .setClientId(ClientId.randomId())
            .setServerId(SELF.peerId())
            .setGroupId(run().group().getGroupId())
            .setCallId(CallId.getAndIncrement())
            .setMessage(Message.valueOf(command))
            .setType(RaftClientRequest.writeRequestType())
            .build();
    return run().server().submitClientRequestAsync(request).get(PATIENCE, TimeUnit.SECONDS);
  }

  private Revision write(String value, Revision expected) throws InterruptedException {
    return write(List.of(new Change.Put(KEY.child("value"), value)), expected);
  }

  private Revision write(List<Change> changes, Revision expected) throws InterruptedException {
    var result =
        voter
            .store()
            .commit(
                new Transaction(
                    KEY,
                    expected,
                    new IntentId("i" + intents.incrementAndGet()),
                    Optional.empty(),
                    new TreeMap<>(),
                    changes));
    assertThat(result).isInstanceOf(CommitResult.Applied.class);
    return ((CommitResult.Applied) result).revision();
  }

  private String read() throws InterruptedException {
    return switch (voter.store().read(KEY)) {
      case StoreReading.Unknown(var why) -> why;
      case StoreReading.Known(var contents) ->
          contents
              .entry(KEY.child("value"))
              .map(entry -> "%s at %s".formatted(entry.value(), entry.revision()))
              .orElse("nothing");
    };
  }

  private StoreWatcher.Ending ending(Revision after) throws InterruptedException {
    var ended = new LinkedBlockingQueue<StoreWatcher.Ending>();
    var watcher =
        new StoreWatcher() {
          @Override
          public void changed(Revision at, List<Change> changes) {
            throw new AssertionError("it is told of " + at);
          }

          @Override
          public void ended(Ending ending, String why) {
            ended.add(ending);
          }
        };
    try (TopologyStore.Registration _ = voter.store().watch(KEY, after, watcher)) {
      return ended.poll(PATIENCE, TimeUnit.SECONDS);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
