package dev.flotilla.raft.ratis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.raft.ratis.Membership.Members;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class MembershipTest {

  private static final VoterId A = VoterId.of("a.1");
  private static final VoterId B = VoterId.of("b.1");
  private static final VoterId C = VoterId.of("c.1");

  private static final VoterId D = C.next();

  @Test
  void aNewVoterListensThenTheLostOneGoesThenItVotes() {
    assertThat(steps(members(List.of(A, B, C), List.of()), A, B, D))
        .containsExactly(
            members(List.of(A, B, C), List.of(D)),
            members(List.of(A, B), List.of(D)),
            members(List.of(A, B, D), List.of()));
  }

  @Test
  void halfOfAChangeIsGoneOnWith() {
    assertThat(steps(members(List.of(A, B), List.of(D)), A, B, D))
        .containsExactly(members(List.of(A, B, D), List.of()));
  }

  /// It was lost again before it voted.
  @Test
  void oneThatOnlyListensIsReplacedToo() {
    assertThat(steps(members(List.of(A, B, C), List.of(D)), A, B, D.next()))
        .containsExactly(
            members(List.of(A, B, C), List.of(D, D.next())),
            members(List.of(A, B, C), List.of(D.next())),
            members(List.of(A, B), List.of(D.next())),
            members(List.of(A, B, D.next()), List.of()));
  }

  @Test
  void whatIsDoneIsDone() {
    assertThat(steps(members(List.of(A, B, D), List.of()), A, B, D)).isEmpty();
  }

  private static List<Members> steps(Members from, VoterId... wanted) {
    var all = new TreeSet<>(List.of(wanted));
    var steps = new ArrayList<Members>();
    for (Optional<Members> step = from.towards(all);
        step.isPresent();
        step = step.get().towards(all)) {
      steps.add(step.get());
    }
    return steps;
  }

  private static Members members(List<VoterId> voters, List<VoterId> listeners) {
    return new Members(new TreeSet<>(voters), new TreeSet<>(listeners));
  }
}
