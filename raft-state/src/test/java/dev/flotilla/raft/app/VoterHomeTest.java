package dev.flotilla.raft.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flotilla.raft.ratis.VoterId;
import dev.flotilla.topology.model.Zone;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VoterHomeTest {

  private static final UUID GROUP = new UUID(1, 2);
  private static final VoterId FIRST = VoterId.of("a.1");

  @TempDir private Path directory;
  private VoterHome home;

  @BeforeEach
  void live() {
    home = home(directory);
  }

  private static VoterHome home(Path directory) {
    var zones = new TreeSet<>(List.of(new Zone("a"), new Zone("b"), new Zone("c")));
    return new VoterHome(
        new Zone("a"),
        zones,
        directory,
        new InetSocketAddress("127.0.0.1", 1),
        1,
        Duration.ofSeconds(1));
  }

  @Test
  void aClaimIsSeenUntilSomethingIsWritten() throws IOException {
    home.claim(FIRST);
    var current = Files.createDirectories(home.of(FIRST).resolve(GROUP + "/current"));
    Files.createFile(current.resolveSibling("in_use.lock"));
    assertThat(home.disk(GROUP).claimed()).containsExactly(FIRST);

    Files.createFile(current.resolve("raft-meta.tmp"));
    assertThat(home.disk(GROUP).claimed()).as("half a vote").isEmpty();
    assertThat(home.disk(GROUP).started()).isEmpty();

    Files.createFile(current.resolve("raft-meta"));
    assertThat(home.disk(GROUP).started()).containsExactly(FIRST);
    assertThat(home.disk(new UUID(3, 4)).started()).as("another store").isEmpty();
    assertThat(home.disk(new UUID(3, 4)).other()).containsExactly(FIRST);
  }

  @Test
  void whatEarlierOnesLeftIsTakenAwayAndNothingElse() throws IOException {
    home.claim(FIRST);
    Files.writeString(home.of(FIRST).resolve("log"), "old");
    var other = Files.createDirectories(directory.resolve("lost+found"));

    home.claim(FIRST.next());

    assertThat(home.of(FIRST)).doesNotExist();
    assertThat(home.of(FIRST.next())).isEmptyDirectory();
    assertThat(other).exists();
  }

  @Test
  void aDiskThatIsAwayIsNotTakenForAnEmptyOne() {
    assertThatThrownBy(() -> home(directory.resolve("gone")).disk(GROUP))
        .isInstanceOf(IOException.class);
  }
}
