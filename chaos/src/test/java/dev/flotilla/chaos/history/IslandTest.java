package dev.flotilla.chaos.history;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// A test of three voters on an island of their own, made anew for each run.
abstract class IslandTest {

  Path directory;
  List<Server> servers;
  private Voters voters;

  @BeforeEach
  void start(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws Exception {
    directory = folder;
    voters = Voters.on(folder);
    servers = voters.servers();
  }

  @AfterEach
  void end() {
    voters.close();
  }
}
