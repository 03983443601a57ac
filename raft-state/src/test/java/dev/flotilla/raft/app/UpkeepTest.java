package dev.flotilla.raft.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.raft.ratis.Membership.Members;
import dev.flotilla.raft.ratis.VoterId;
import dev.flotilla.topology.model.Zone;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class UpkeepTest {

  private static final VoterId A = VoterId.of("a.1");
  private static final VoterRecord FOUNDED =
      VoterRecord.founding(
          new UUID(1, 2), new TreeSet<>(List.of(new Zone("a"), new Zone("b"), new Zone("c"))));
  private static final Optional<Members> AS_RECORDED = members(voters("a.1", "b.1", "c.1"));

  @Test
  void whereAllIsAsRecordedNothingIsDone() {
    assertThat(upkeep(FOUNDED, true, AS_RECORDED)).isEqualTo(new Upkeep.Nothing());
  }

  @Test
  void whoLeadsLetsThoseVoteWhomTheRecordNames() {
    var record = FOUNDED.start(VoterId.of("b.2"));

    assertThat(upkeep(record, true, AS_RECORDED))
        .isEqualTo(new Upkeep.Change(voters("a.1", "b.2", "c.1")));
  }

  /// One that was interrupted is finished.
  @Test
  void aListenerIsLetVoteOrSentAway() {
    var half = Optional.of(new Members(voters("a.1", "c.1"), voters("b.2")));

    assertThat(upkeep(FOUNDED.start(VoterId.of("b.2")), true, half))
        .isInstanceOf(Upkeep.Change.class);
  }

  @Test
  void whoDoesNotLeadChangesNothing() {
    var record = FOUNDED.start(VoterId.of("b.2"));

    assertThat(upkeep(record, false, AS_RECORDED)).isEqualTo(new Upkeep.Nothing());
    assertThat(upkeep(record, true, Optional.empty())).isEqualTo(new Upkeep.Nothing());
  }

  @Test
  void whoWasReplacedGivesUpItsPlaceEvenIfItLeads() {
    var record = FOUNDED.start(A.next());

    assertThat(upkeep(record, true, AS_RECORDED)).isEqualTo(new Upkeep.Replace(A.next()));
    assertThat(upkeep(record, false, AS_RECORDED)).isEqualTo(new Upkeep.Replace(A.next()));
  }

  private static Upkeep upkeep(VoterRecord record, boolean leads, Optional<Members> members) {
    return Upkeep.of(record, new Upkeep.Condition(A, leads, members));
  }

  private static Optional<Members> members(SortedSet<VoterId> voters) {
    return Optional.of(new Members(voters, new TreeSet<>()));
  }

  private static SortedSet<VoterId> voters(String... names) {
    var voters = new TreeSet<VoterId>();
    Arrays.stream(names).map(VoterId::of).forEach(voters::add);
    return voters;
  }
}
