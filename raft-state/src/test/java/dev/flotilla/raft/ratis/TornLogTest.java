package dev.flotilla.raft.ratis;

import static dev.flotilla.raft.ratis.ThreeVoters.NEXT_THIRD;
import static dev.flotilla.raft.ratis.ThreeVoters.OURS;
import static dev.flotilla.raft.ratis.ThreeVoters.SECOND;
import static dev.flotilla.raft.ratis.ThreeVoters.THIRD;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// A voter is killed while it writes its log. What the others were told that it has, it has, or it
/// does not come back under its name. Takes half a minute: after each loss there is an election,
/// and one that returns waits for its time.
@Tag("processes")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TornLogTest {

  private ThreeVoters voters;
  private Counter counter;
  private int before;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    voters = ThreeVoters.start(directory);
  }

  @BeforeEach
  void heal() throws Exception {
    voters.heal();
    counter = new Counter(voters.ours().store());
    counter.reread();
    for (int i = 0; i < 10; i++) {
      counter.next();
    }
    before = counter.read();
  }

  @AfterAll
  void end() {
    voters.close();
  }

  @Test
  @Tag("R55")
  void whoeverIsKilledWhileItWritesForgetsNothing() throws Exception {
    var over = new AtomicBoolean();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var writing =
          threads.submit(() -> {
            while (!over.get()) {
              counter.next();
            }
            return counter;
          });
      for (int i = 0; i < 3; i++) {
        voters.kill(voters.third());
        voters.start(voters.third());
      }
      over.set(true);
      writing.get();
    }
    int last = counter.read();

    voters.kill(SECOND);

    assertThat(counter.read()).as("with a majority of ours and the third one").isEqualTo(last);
    counter.next();
  }

  /// The last entry was not written to its end, so nobody was told that it is there.
  @Test
  @Tag("R55")
  void anEntryThatWasNotWrittenToItsEndIsFetchedAgain() throws Exception {
    voters.kill(voters.third());
    var log = log();
    var bytes = written(log);
    Files.write(log, Arrays.copyOf(bytes, bytes.length - 5));

    voters.start(voters.third());
    voters.kill(SECOND);

    counter.next();
    assertThat(counter.read()).isEqualTo(before + 1);
  }

  /// It may be one that this voter has promised to keep: it is a lost voter.
  @Test
  @Tag("R55")
  void aVoterWithADamagedEntryComesBackUnderTheNextIncarnationOnly() throws Exception {
    voters.kill(THIRD);
    var log = log();
    var bytes = written(log);
    Arrays.fill(bytes, bytes.length - 40, bytes.length, (byte) 7);
    Files.write(log, bytes);

    assertThat(voters.tryStart(THIRD)).isFalse();

    assertThat(Files.readString(voters.log(THIRD))).contains("can come back as " + NEXT_THIRD);
    voters.start(NEXT_THIRD);
    voters.ours().membership().become(new TreeSet<>(List.of(OURS, SECOND, NEXT_THIRD)));
    voters.kill(SECOND);
    counter.next();
    assertThat(counter.read()).isEqualTo(before + 1);
  }

  /// The open file of the third one's log.
  private Path log() throws IOException {
    try (var files = Files.walk(voters.folder(voters.third()))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("log_inprogress"))
          .findFirst()
          .orElseThrow();
    }
  }

  /// What comes after it was only made room for.
  private static byte[] written(Path log) throws IOException {
    var bytes = Files.readAllBytes(log);
    int length = bytes.length;
    while (bytes[length - 1] == 0) {
      length--;
    }
    return Arrays.copyOf(bytes, length);
  }
}
