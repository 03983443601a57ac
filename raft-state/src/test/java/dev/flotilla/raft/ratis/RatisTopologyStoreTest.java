package dev.flotilla.raft.ratis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.topology.store.TopologyStore;
import dev.flotilla.topology.store.TopologyStoreContract;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The contract on three voters in three processes.
@Tag("processes")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RatisTopologyStoreTest extends TopologyStoreContract {

  private ThreeVoters voters;

  /// Asked of the voter that leads.
  static class OfTheLeader extends RatisTopologyStoreTest {
    @BeforeAll
    void lead() throws IOException {
      voters().ours().lead();
    }
  }

  /// Asked of one that follows: the other two elected a leader before it came.
  static class OfAFollower extends RatisTopologyStoreTest {
    @BeforeAll
    void follow() {
      assertThat(voters().ours().hasLease()).isFalse();
    }
  }

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
