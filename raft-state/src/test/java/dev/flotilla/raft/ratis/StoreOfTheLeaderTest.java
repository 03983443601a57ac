package dev.flotilla.raft.ratis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/// The contract, asked of the voter that leads: it reads without asking anybody.
@Tag("RF-3")
class StoreOfTheLeaderTest extends RatisTopologyStoreContract {

  @BeforeAll
  void lead() throws IOException {
    voters().ours().lead();

    assertThat(voters().ours().run().orElseThrow().leader()).contains(ThreeVoters.OURS.peerId());
  }
}
