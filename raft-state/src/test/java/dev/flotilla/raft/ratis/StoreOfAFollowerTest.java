package dev.flotilla.raft.ratis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/// The contract, asked of a voter that follows: what it reads waits for the leader.
@Tag("RF-3")
class StoreOfAFollowerTest extends RatisTopologyStoreContract {

  @BeforeAll
  void follow() throws IOException {
    voters().ours().letLead(ThreeVoters.SECOND);

    assertThat(voters().ours().leads()).isFalse();
  }
}
