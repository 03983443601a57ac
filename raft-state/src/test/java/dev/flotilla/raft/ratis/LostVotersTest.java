package dev.flotilla.raft.ratis;

import static dev.flotilla.raft.ratis.ThreeVoters.NEXT_THIRD;
import static dev.flotilla.raft.ratis.ThreeVoters.OURS;
import static dev.flotilla.raft.ratis.ThreeVoters.SECOND;
import static dev.flotilla.raft.ratis.ThreeVoters.THIRD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.topology.store.CommitResult;
import dev.flotilla.topology.store.StoreReading;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Three voters, of which some are lost. Takes about a minute: after each loss there is an
/// election, and one that returns waits for its time.
@Tag("processes")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LostVotersTest {

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
    counter.next();
    before = counter.read();
  }

  @AfterAll
  void end() {
    voters.close();
  }

  @Test
  void aLeaderThatIsKilledTakesNothingWithIt() throws Exception {
    voters.letLead(SECOND);
    counter.next();

    voters.kill(SECOND);

    counter.next();
    voters.start(SECOND);
    voters.kill(voters.third());
    counter.next();
    assertThat(counter.read()).isEqualTo(before + 3);
  }

  @Test
  void aLeaderWhoseMachineIsOffIsNotWaitedFor() throws Exception {
    voters.letLead(SECOND);
    counter.next();

    voters.freeze(SECOND);
    counter.next(); // at once or, if the others are slow to elect, in a later attempt
    voters.thaw(SECOND);

    counter.next();
    assertThat(counter.read()).isEqualTo(before + 3);
  }

  /// As long as a change is not kept for good, one more that is lost is one too many: nobody says
  /// that it is done while the second one stands still.
  @Test
  @Tag("RF-1")
  void aVoterThatLostItsDiskComesBackUnderTheNextIncarnation() throws Exception {
    voters.kill(THIRD);
    counter.next();

    voters.start(NEXT_THIRD);
    voters.letLead(OURS);
    voters.freeze(SECOND);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var change =
          threads.submit(() -> {
            voters.ours().membership().become(new TreeSet<>(List.of(OURS, SECOND, NEXT_THIRD)));
            return true;
          });
      Await.that("it is begun", () -> voters.ours().standing().orElseThrow().changing());
      assertThat(voters.ours().membership().members()).as("who votes for good").isEmpty();
      assertThat(change.isDone()).isFalse();
      voters.thaw(SECOND);
      assertThat(change.get()).isTrue();
    }

    assertThat(voters.ours().standing().orElseThrow().changing()).isFalse();
    assertThat(voters.ours().membership().members().orElseThrow().voters())
        .containsExactly(OURS, SECOND, NEXT_THIRD);
    voters.letLead(NEXT_THIRD);
    counter.next();
    voters.kill(SECOND);
    counter.next();
    assertThat(counter.read()).as("with a majority of ours and the new one").isEqualTo(before + 3);
  }

  @Test
  void withoutAMajorityNobodyKnowsAndThenItGoesOn() throws Exception {
    voters.kill(SECOND);
    voters.kill(voters.third());

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var reading = threads.submit(() -> voters.ours().store().read(Counter.KEY));
      assertThat(counter.tryNext()).isInstanceOf(CommitResult.Unconfirmed.class);
      assertThat(reading.get()).isInstanceOf(StoreReading.Unknown.class);
    }

    voters.start(SECOND);
    counter.reread();
    int known = counter.read();
    assertThat(known)
        .as("the one without an answer may have been applied")
        .isBetween(before, before + 1);
    counter.next();
    assertThat(counter.read()).isEqualTo(known + 1);
  }

  @Test
  void aVoterStopsBeforeItsDiskIsFullAndComesBackByItself() throws Exception {
    voters.freeBytes(0);
    Await.that("it stops", () -> !voters.ours().isRunning());

    voters.freeBytes(Long.MAX_VALUE);
    Await.that("it starts", () -> voters.ours().isRunning());

    counter.next();
    assertThat(counter.read()).isEqualTo(before + 1);
  }
}
