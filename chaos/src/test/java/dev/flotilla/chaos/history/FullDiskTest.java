package dev.flotilla.chaos.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// Somebody else fills the disk of a voter while it is written to, and makes room again. Takes a
/// minute: it is done to one that leads and to one that follows.
@Tag("control-plane")
@Tag("R54")
class FullDiskTest {

  private static final int MEGABYTES = 24;

  /// Longer than an election takes, and than a voter needs to see what is wrong.
  private static final Duration FULL = Duration.ofSeconds(5);

  private Path directory;
  private Island island;
  private final List<Server> servers = new ArrayList<>();

  @BeforeEach
  void start(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws Exception {
    directory = folder;
    island = Island.make();
    var group = UUID.randomUUID().toString();
    for (String voter : Crowd.VOTERS) {
      servers.add(Server.onSmallDisk(island, group, voter, folder, MEGABYTES));
    }
  }

  @AfterEach
  void end() {
    servers.forEach(Server::close);
    island.close();
  }

  @Test
  void aVoterWhoseDiskWasFullComesBackByItselfAndForgetsNothing() throws Exception {
    try (var crowd = new Crowd(1, directory)) {
      crowd.found(servers);
      crowd.beginAsking(servers);
      var harm = new Harm(servers, new Random(1), crowd);

      var leader = harm.leader();
      fill(leader, crowd);
      var follower = servers.get((servers.indexOf(harm.leader()) + 1) % servers.size());
      fill(follower, crowd);

      crowd.endAsking();
      assertThat(crowd.verdict()).isEmpty();
    }
  }

  private void fill(Server full, Crowd crowd) throws Exception {
    full.fill();
    Harm.pass(FULL);
    for (Server server : servers) {
      if (server != full) {
        crowd.waitFor(server);
      }
    }

    full.empty();

    crowd.waitFor(full);
  }
}
