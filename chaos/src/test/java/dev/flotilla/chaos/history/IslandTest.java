package dev.flotilla.chaos.history;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// A test of three voters on an island of their own, made anew for each run.
abstract class IslandTest {

  Path directory;
  Island island;
  List<Server> servers;

  @BeforeEach
  void start(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws Exception {
    directory = folder;
    island = Island.make();
    var group = UUID.randomUUID().toString();
    servers = Crowd.VOTERS.stream().map(voter -> new Server(island, group, voter, folder)).toList();
  }

  @AfterEach
  void end() {
    servers.forEach(Server::close);
    island.close();
  }
}
