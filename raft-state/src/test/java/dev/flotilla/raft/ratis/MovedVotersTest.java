package dev.flotilla.raft.ratis;

import static dev.flotilla.raft.ratis.ThreeVoters.OURS;
import static dev.flotilla.raft.ratis.ThreeVoters.SECOND;
import static dev.flotilla.raft.ratis.ThreeVoters.THIRD;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Voters that are ended by force and come back at another address, as pods do. Those in processes
/// of their own can look up no name at all.
@Tag("processes")
@Tag("R53")
class MovedVotersTest {

  private static final int ROUNDS = Boolean.getBoolean("flotilla.long") ? 34 : 2;

  @Test
  void aVoterThatMovedIsFoundAndCountsAgain(@TempDir Path directory) throws Exception {
    try (var voters = ThreeVoters.start(directory)) {
      int written = 0;
      for (int i = 0; i < ROUNDS; i++) {
        for (VoterId moved : List.of(THIRD, SECOND, OURS)) {
          voters.move(moved);

          var counter = new Counter(voters.ours().store());
          counter.reread();
          counter.next();
          written++;
          Await.that(
              moved + " knows what all know",
              () -> new TreeSet<>(voters.digests().values()).size() == 1);
        }
      }
      voters.kill(SECOND);
      var counter = new Counter(voters.ours().store());
      counter.reread();
      counter.next();
      assertThat(counter.read()).as("with those that moved last").isEqualTo(written + 1);
    }
  }
}
