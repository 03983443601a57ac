package dev.flotilla.raft.ratis;

import dev.flotilla.topology.store.TopologyStore;
import dev.flotilla.topology.store.TopologyStoreContract;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The contract on three voters in three processes, asked of the one in this process.
@Tag("processes")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RatisTopologyStoreContract extends TopologyStoreContract {

  private ThreeVoters voters;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    voters = ThreeVoters.start(directory);
  }

  ThreeVoters voters() {
    return voters;
  }

  @AfterAll
  void end() {
    voters.close();
  }

  @Override
  protected TopologyStore emptyStore() {
    return voters.ours().store();
  }

  @Override
  protected void outlast(Duration time) throws InterruptedException {
    var _ = new CountDownLatch(1).await(time.toMillis() + 100, TimeUnit.MILLISECONDS);
  }
}
