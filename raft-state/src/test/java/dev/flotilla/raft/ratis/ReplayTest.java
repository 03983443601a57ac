package dev.flotilla.raft.ratis;

import static dev.flotilla.raft.ratis.ThreeVoters.OURS;
import static dev.flotilla.raft.ratis.ThreeVoters.SECOND;
import static dev.flotilla.raft.ratis.ThreeVoters.THIRD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.topology.store.LeaseName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Voters that know the same entries know the same, byte for byte: whoever led, and whether they
/// heard of them one by one, read them from their log, or began with a snapshot.
@Tag("processes")
class ReplayTest {

  private ThreeVoters voters;

  @BeforeEach
  void start(@TempDir Path directory) throws Exception {
    voters = ThreeVoters.start(directory);
  }

  @AfterEach
  void end() {
    voters.close();
  }

  @Test
  @Tag("I15")
  void whoeverKnowsTheSameEntriesKnowsTheSame() throws Exception {
    write(20);
    assertThat(voters.ours().run().orElseThrow().snapshot()).isTrue();
    voters.kill(THIRD);
    voters.letLead(SECOND);
    write(20);
    voters.start(THIRD);
    voters.letLead(OURS);
    write(20);

    // Of the third one the leader may still wait for an answer from before it was killed; as long
    // as it does, Ratis does not tell it that the last entry counts.
    var before = agreed(OURS, SECOND);
    voters.restart();
    write(1);
    var after = agreed(OURS, SECOND, THIRD);

    assertThat(before).startsWith("60: ");
    assertThat(after).startsWith("61: ");
  }

  private void write(int times) throws InterruptedException {
    var counter = new Counter(voters.ours().store());
    counter.reread();
    var lease = LeaseName.ofSite("eu-1");
    var _ = voters.ours().store().lease(lease, "one", Duration.ofSeconds(15));
    for (int i = 0; i < times; i++) {
      counter.next();
    }
  }

  /// Waits until all of those know the same.
  private String agreed(VoterId... those) throws Exception {
    var last = new AtomicReference<>(voters.digests());
    Await.that(
        () -> "one text for all, last seen were " + last.get(),
        () -> {
          last.set(voters.digests());
          return Stream.of(those).map(last.get()::get).distinct().count() == 1;
        });
    return Objects.requireNonNull(last.get().get(OURS));
  }
}
