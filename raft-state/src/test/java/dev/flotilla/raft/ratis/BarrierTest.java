package dev.flotilla.raft.ratis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.raft.command.Answer;
import dev.flotilla.raft.command.AnswerCodec;
import dev.flotilla.raft.ratis.Courier.Delivery;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BarrierTest {

  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final Progress progress = new Progress();
  private final AtomicInteger sent = new AtomicInteger();

  @Test
  void whoHasTheEntryAtOnceSendsOne() throws Exception {
    var barrier =
        new Barrier(
            limit -> {
              progress.applied(7);
              return answered(7);
            },
            progress);

    assertThat(barrier.await(LIMIT)).isEqualTo(new Barrier.Passed());
    assertThat(sent).hasValue(1);
  }

  /// The leader tells that the first entry counts with the next one only.
  @Test
  void anEntryThatIsNotHeardOfIsFollowedByAnother() throws Exception {
    var barrier =
        new Barrier(
            limit -> {
              if (sent.get() == 1) {
                progress.applied(7);
              }
              return answered(7 + sent.get());
            },
            progress);

    assertThat(barrier.await(LIMIT)).isEqualTo(new Barrier.Passed());
    assertThat(sent).hasValue(2);
  }

  /// Nothing is known of what came after the first one, nor asked for.
  @Test
  void theSecondEntryNeedNotBeAnswered() throws Exception {
    var barrier =
        new Barrier(
            limit -> {
              if (sent.get() == 0) {
                return answered(7);
              }
              sent.incrementAndGet();
              progress.applied(7);
              return new Delivery.Lost("no answer");
            },
            progress);

    assertThat(barrier.await(LIMIT)).isEqualTo(new Barrier.Passed());
  }

  @Test
  void whoStaysBehindKnowsNothing() throws Exception {
    var barrier = new Barrier(limit -> answered(7), progress);

    assertThat(barrier.await(Barrier.LONG.multipliedBy(2))).isInstanceOf(Barrier.Stuck.class);
  }

  @Test
  void withoutAnAnswerNothingIsKnown() throws Exception {
    var barrier = new Barrier(limit -> new Delivery.Lost("there is no leader"), progress);

    assertThat(barrier.await(LIMIT)).isEqualTo(new Barrier.Stuck("there is no leader"));
  }

  private Delivery answered(long index) {
    sent.incrementAndGet();
    return new Delivery.Answered(new AnswerCodec.Indexed(index, new Answer.Done()), true);
  }
}
