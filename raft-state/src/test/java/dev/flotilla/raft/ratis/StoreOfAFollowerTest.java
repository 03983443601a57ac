package dev.flotilla.raft.ratis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;

/// The contract, asked of a voter that follows: what it reads waits for the leader.
class StoreOfAFollowerTest extends RatisTopologyStoreContract {

  @BeforeAll
  void follow() throws IOException {
    voters().ours().letLead(ThreeVoters.SECOND);

    assertThat(voters().ours().leads()).isFalse();
  }
}
