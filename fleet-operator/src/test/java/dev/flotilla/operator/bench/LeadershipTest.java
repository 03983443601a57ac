package dev.flotilla.operator.bench;

import static dev.flotilla.operator.bench.Bench.SEARCH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.operator.core.view.Authority;
import dev.flotilla.topology.model.Epoch;
import dev.flotilla.topology.store.LeaseResult;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Operators that share a store: whoever holds its lease acts, and nobody else.
class LeadershipTest {

  private static final Duration A_MOMENT = Duration.ofMillis(1);

  private final Bench bench = new Bench();
  private final SharedStore store = new SharedStore(bench.time);

  @Test
  void theFirstOneActsAndTheOtherStandsBy() {
    bench.apply(Specs.of(3));
    var first = candidate().lead();
    var second = candidate().lead();

    bench.rest(first, second);

    assertThat(bench.podNames()).hasSize(3);
    assertThat(first.authority()).isEqualTo(new Authority.Acting(new Epoch(1)));
    assertThat(why(second)).isEqualTo("operator operator/process1 acts at epoch 1");
    assertThat(second.trouble()).as("it is healthy").isEmpty();
    assertThat(second.kube.writes()).isEmpty();
  }

  @Test
  void whoeverGainsTheLeaseLooksAtEveryCluster() {
    bench.apply(Specs.of(3));
    var first = candidate();
    first.pass(SEARCH);
    assertThat(first.woken).isEmpty();

    first.lead();

    assertThat(first.woken).containsExactly(SEARCH);
    bench.time.advance(Duration.ofMinutes(1));
    assertThat(first.woken).as("it is prolonged, no more").containsExactly(SEARCH);
  }

  @Test
  void whatOneGivesBackTheNextOneTakesAtOnce() {
    var first = candidate().lead();
    var second = candidate().lead();

    first.close();
    bench.time.advance(Duration.ofSeconds(5));

    assertThat(second.authority()).isEqualTo(new Authority.Acting(new Epoch(2)));
    assertThat(first.authority()).isInstanceOf(Authority.NotActing.class);
  }

  @Test
  void oneThatDiesIsFollowedWithinTwentySeconds() {
    bench.apply(Specs.of(3));
    var first = candidate().lead();
    bench.rest(first);
    var second = candidate().lead();

    first.die();
    bench.cluster.remove(bench.pod("b").key());
    bench.time.advance(Duration.ofSeconds(20));

    assertThat(second.authority()).isEqualTo(new Authority.Acting(new Epoch(2)));
    bench.rest(second);
    assertThat(bench.podNames()).hasSize(3);
    Rig.assertOneOfEach(bench);
  }

  /// The answer takes ten seconds, in which the lease has become ten seconds older.
  @Tag("R40")
  @Test
  void theTimeCountsFromTheMomentOfAsking() {
    var clock = new AtomicLong();
    store.befallLeases(result -> {
      clock.addAndGet(Duration.ofSeconds(10).toNanos());
      return result;
    });
    var first = bench.candidate(store, clock::get).lead();
    assertThat(first.authority()).isInstanceOf(Authority.Acting.class);

    clock.addAndGet(Duration.ofSeconds(5).minus(A_MOMENT).toNanos());
    assertThat(first.authority()).isInstanceOf(Authority.Acting.class);
    clock.addAndGet(A_MOMENT.toNanos());

    assertThat(first.authority()).isInstanceOf(Authority.NotActing.class);
  }

  /// Nobody knows whether it was prolonged, so it counts as not prolonged; the time that was given
  /// before still counts.
  @Test
  void aRenewalWithoutAnAnswerGivesNoTime() {
    var first = candidate().lead();
    bench.time.advance(Duration.ofSeconds(7)); // prolonged once, after five
    store.befallLeases(result -> new LeaseResult.Unconfirmed("no answer"));

    bench.time.advance(Duration.ofSeconds(13).minus(A_MOMENT));
    assertThat(first.authority()).isInstanceOf(Authority.Acting.class);
    assertThat(first.ended).isZero();
    bench.time.advance(A_MOMENT);

    assertThat(first.authority()).isNotInstanceOf(Authority.Acting.class);
    assertThat(first.ended).as("what ran was told").isPositive();
    assertThat(first.trouble()).isPresent();
    bench.time.advance(Duration.ofSeconds(5));
    assertThat(first.trouble()).contains("no answer");
  }

  /// Most of the time the store's leader has changed, and the question was lost with the former
  /// one.
  @Test
  void aQuestionWithoutAnAnswerIsAskedAgainSoon() {
    var first = candidate().lead();
    store.befallLeases(result -> new LeaseResult.Unconfirmed("no answer"));
    bench.time.advance(Duration.ofSeconds(5));
    store.befallLeases(result -> result);

    bench.time.advance(Duration.ofSeconds(1));

    store.befallLeases(result -> new LeaseResult.Unconfirmed("no answer"));
    bench.time.advance(Duration.ofSeconds(15).minus(A_MOMENT));
    assertThat(first.authority()).isInstanceOf(Authority.Acting.class);
  }

  @Test
  void oneThatGetsItBackGoesOn() {
    bench.apply(Specs.of(3));
    var first = candidate().lead();
    store.befallAll(Optional.of("no answer"));
    bench.time.advance(Duration.ofSeconds(30));
    assertThat(first.authority()).isInstanceOf(Authority.Minding.class);
    first.woken.clear();

    store.befallAll(Optional.empty());
    bench.time.advance(Duration.ofSeconds(5));

    assertThat(first.authority()).isInstanceOf(Authority.Acting.class);
    assertThat(first.woken).containsExactly(SEARCH);
  }

  /// Its clock stands still and so does its watch: it takes itself for the one that acts. The store
  /// knows better.
  @Tag("R40")
  @Test
  void oneThatWasPausedCommitsNothing() {
    var clock = new AtomicLong();
    bench.apply(Specs.of(3));
    var first = bench.candidate(store, clock::get).lead();
    bench.rest(first);
    first.watch.lag();
    first.die();
    var second = candidate().lead();
    bench.time.advance(Duration.ofSeconds(20));
    assertThat(second.authority()).isEqualTo(new Authority.Acting(new Epoch(2)));
    assertThat(first.authority()).as("it believes").isInstanceOf(Authority.Acting.class);
    var commits = store.intents().size();

    bench.apply(Specs.of(6));
    first.watch.showOwn(Thing.Resource.key(SEARCH));
    first.pass(SEARCH);

    assertThat(store.intents()).hasSize(commits);
    assertThat(bench.podNames()).hasSize(3);
    assertThat(why(first)).contains("epoch 2 counts, this operator had 1");
    assertThat(first.ended).isPositive();
    bench.rest(second);
    assertThat(bench.podNames()).hasSize(6);
    assertThat(store.epochs().boxed().toList()).isSorted();
  }

  @Test
  void oneThatSeesAHigherEpochStops() {
    bench.apply(Specs.of(3));
    var first = candidate().lead();
    bench.rest(first);
    int before = first.kube.writes().size();

    bench.start(); // with a store of its own
    bench.apply(Specs.of(6));
    first.pass(SEARCH);

    assertThat(first.kube.writes()).hasSize(before);
    assertThat(why(first)).contains("acts at epoch 2, this one had 1");
  }

  /// Three operators acted with another store, or with this one before it was reset.
  @Test
  void onAStoreThatIsOlderThanWhatHasActedNobodyActs() {
    bench.start();
    bench.start();
    bench.start();
    bench.apply(Specs.of(3));

    var first = candidate().lead();
    bench.time.advance(Duration.ofMinutes(1));
    assertThat(why(first)).contains("epoch 3 has acted already");
    assertThat(first.trouble()).isPresent();

    first.close();
    for (int successor = 0; successor < 4; successor++) {
      var next = candidate().lead();
      bench.rest(next);
      assertThat(next.authority()).isNotInstanceOf(Authority.Acting.class);
      next.close();
    }
    assertThat(bench.podNames()).isEmpty();

    bench.resume();
    var last = candidate().lead();
    bench.rest(last);
    assertThat(bench.podNames()).hasSize(3);
  }

  @Test
  void noTwoTransactionsHaveOneName() {
    bench.apply(Specs.of(3));
    for (int members = 3; members < 8; members++) {
      bench.apply(Specs.of(members));
      var operator = candidate().lead();
      bench.rest(operator);
      operator.close();
    }

    assertThat(store.intents()).hasSizeGreaterThan(8);
    assertThat(new HashSet<>(store.intents())).hasSameSizeAs(store.intents());
  }

  private Bench.Running candidate() {
    return bench.candidate(store, bench.time::nanos);
  }

  private static String why(Bench.Running operator) {
    return switch (operator.authority()) {
      case Authority.Acting acting -> "it acts";
      case Authority.Minding(var epoch, var reason, var why) -> why;
      case Authority.NotActing(var why) -> why;
    };
  }
}
