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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Three voters, of which some are lost. Takes more than a minute: after each loss there is an
/// election, and one that returns waits for its time.
@Tag("processes")
class LostVotersTest {

  private ThreeVoters voters;
  private Counter counter;

  @BeforeEach
  void start(@TempDir Path directory) throws Exception {
    voters = ThreeVoters.start(directory);
    counter = new Counter(voters.ours().store());
    counter.next();
  }

  @AfterEach
  void end() {
    voters.close();
  }

  @Test
  void aLeaderThatIsKilledTakesNothingWithIt() throws Exception {
    voters.ours().letLead(SECOND);
    counter.next();

    voters.kill(SECOND);

    counter.next();
    voters.start(SECOND);
    voters.kill(THIRD);
    counter.next();
    assertThat(counter.read()).isEqualTo(4);
  }

  @Test
  @Tag("RF-1")
  void aVoterThatLostItsDiskComesBackUnderTheNextIncarnation() throws Exception {
    voters.kill(THIRD);
    counter.next();

    voters.start(NEXT_THIRD);
    var wanted = new TreeSet<>(List.of(OURS, SECOND, NEXT_THIRD));
    voters.ours().membership().become(wanted);

    assertThat(voters.ours().membership().members().orElseThrow().voters())
        .containsExactly(OURS, SECOND, NEXT_THIRD);
    voters.kill(SECOND);
    counter.next();
    assertThat(counter.read()).as("with a majority of ours and the new one").isEqualTo(3);
  }

  @Test
  void withoutAMajorityNobodyKnowsAndThenItGoesOn() throws Exception {
    voters.kill(SECOND);
    voters.kill(THIRD);

    assertThat(counter.tryNext()).isInstanceOf(CommitResult.Unconfirmed.class);
    assertThat(voters.ours().store().read(Counter.KEY)).isInstanceOf(StoreReading.Unknown.class);

    voters.start(SECOND);
    counter.reread();
    int known = counter.read();
    assertThat(known).as("the one without an answer may have been applied").isBetween(1, 2);
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
    assertThat(counter.read()).isEqualTo(2);
  }
}
