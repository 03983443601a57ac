package dev.flotilla.raft.ratis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.topology.store.TopologyStore;
import dev.flotilla.topology.store.TopologyStoreContract;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The contract on three voters in three processes, asked of the one in this process.
@Tag("processes")
@Tag("RF-3")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RatisTopologyStoreTest {

  private ThreeVoters voters;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    voters = ThreeVoters.start(directory);
  }

  @AfterAll
  void end() {
    voters.close();
  }

  /// It reads without asking anybody.
  @Nested
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  class OfTheLeader extends Contract {

    @BeforeAll
    void lead() throws Exception {
      voters.letLead(ThreeVoters.OURS);
    }
  }

  /// What it reads waits for the leader.
  @Nested
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  class OfAFollower extends Contract {

    @BeforeAll
    void follow() throws Exception {
      voters.letLead(ThreeVoters.SECOND);

      assertThat(voters.ours().leads()).isFalse();
    }
  }

  abstract class Contract extends TopologyStoreContract {

    @Override
    protected TopologyStore emptyStore() {
      return voters.ours().store();
    }

    @Override
    protected void outlast(Duration time) throws InterruptedException {
      var _ = new CountDownLatch(1).await(time.toMillis() + 100, TimeUnit.MILLISECONDS);
    }
  }
}
