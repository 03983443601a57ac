package dev.flotilla.operator.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.operator.bench.ManualTime;
import dev.flotilla.operator.core.view.EngineMarks;
import dev.flotilla.operator.core.view.EngineReport;
import dev.flotilla.operator.core.view.Evacuation;
import dev.flotilla.operator.core.view.Explained;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.port.EnginePort;
import dev.flotilla.operator.port.Errand;
import dev.flotilla.operator.port.Scheduler;
import dev.flotilla.operator.port.StopSignal;
import dev.flotilla.operator.port.TenantSecret;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.Epoch;
import dev.flotilla.topology.model.MemberName;
import dev.flotilla.topology.model.TenantId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// When an engine is asked, and how long its answer is believed.
class EngineWatchTest {

  private static final ClusterRef SEARCH = new ClusterRef("shop", "search");
  private static final EngineReport GREEN =
      new EngineReport("engine-1", EngineReport.Health.GREEN, List.of());

  private static final MemberName MEMBER = new MemberName("search-data-a-tpx9k5");
  private static final MemberName OTHER = new MemberName("search-data-b-rd8rw2");
  private static final Evacuation NOTHING_LEFT =
      new Evacuation(
          new EngineMarks.Evidence("engine-1", 1, 1),
          EngineReport.Health.GREEN,
          List.of(),
          List.of(),
          List.of(),
          new TreeSet<>(),
          0);

  private final ManualTime time = new ManualTime();
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger marked = new AtomicInteger();
  private final AtomicInteger evacuated = new AtomicInteger();
  private final AtomicInteger explained = new AtomicInteger();
  private final List<ClusterRef> woken = new ArrayList<>();
  private final SortedSet<String> named = new TreeSet<>();
  private Reading<Evacuation> evacuation = new Reading.Unknown<>("it is not asked that here");
  private Reading<EngineReport> answer = new Reading.Known<>(GREEN, time.instant());

  @Test
  void askedOftenWhileThereIsWorkAndSeldomAtRest() {
    var watch = watch(time);
    watch.follow(SEARCH, true, Optional.empty());
    time.advance(Duration.ofSeconds(20));
    assertThat(asked.get()).isBetween(9, 11);

    watch.follow(SEARCH, false, Optional.empty());
    asked.set(0);
    time.advance(Duration.ofMinutes(30));
    assertThat(asked.get()).isBetween(5, 6);
  }

  /// At rest only for what it keeps data off; for all else at once, when somebody is to leave.
  @Test
  void whatADrainNeedsIsAskedAtOnceAndOnlyThen() {
    var watch = watch(time);
    watch.follow(SEARCH, false, Optional.of(question(EngineWatch.Depth.MARKS)));
    time.advance(Duration.ofMinutes(11));
    assertThat(marked.get()).isEqualTo(3);
    assertThat(evacuated.get()).isZero();
    assertThat(watch.drainage(SEARCH).marks()).isInstanceOf(Reading.Known.class);

    watch.follow(SEARCH, false, Optional.of(question(EngineWatch.Depth.ALL)));
    time.advance(Duration.ofSeconds(1));
    assertThat(evacuated.get()).isEqualTo(1);

    watch.follow(SEARCH, true, Optional.of(question(EngineWatch.Depth.ALL)));
    time.advance(Duration.ofSeconds(20));
    assertThat(evacuated.get()).isBetween(10, 12);
  }

  /// A request for each copy, so not in each turn; and at once of somebody else.
  @Test
  void whereDataMayGoIsAskedThreeTimesAMinute() {
    evacuation = new Reading.Known<>(NOTHING_LEFT, time.instant());
    var watch = watch(time);
    watch.follow(SEARCH, true, Optional.of(question(MEMBER)));
    time.advance(Duration.ofMinutes(2));
    assertThat(explained.get()).isBetween(6, 7);
    assertThat(watch.drainage(SEARCH).feasibility()).isInstanceOf(Reading.Known.class);

    explained.set(0);
    watch.follow(SEARCH, true, Optional.of(question(MEMBER, OTHER)));
    time.advance(Duration.ofSeconds(3));
    assertThat(explained.get()).isEqualTo(1);
  }

  private static EngineWatch.Question question(MemberName... leaving) {
    return new EngineWatch.Question(
        EngineWatch.Depth.ALL, new TreeSet<>(List.of(leaving)), new Epoch(1));
  }

  private static EngineWatch.Question question(EngineWatch.Depth depth) {
    return new EngineWatch.Question(depth, new TreeSet<>(), new Epoch(1));
  }

  @Test
  void onlyNewsWakesAPass() {
    var watch = watch(time);
    watch.follow(SEARCH, true, Optional.empty());
    time.advance(Duration.ofSeconds(20));
    assertThat(woken).containsExactly(SEARCH);

    answer = new Reading.Unknown<>("no voter was elected");
    time.advance(Duration.ofSeconds(20));

    assertThat(woken).containsExactly(SEARCH, SEARCH);
  }

  /// What tells when it will be over must not stand when nothing moves any more.
  @Tag("UX-10")
  @Test
  void whatStandsStillWakesAPassAfterTwoMinutes() {
    var usage = new Evacuation.Usage(1 << 30, 0, 0, OptionalLong.empty());
    var seat = new Evacuation.Seat(MEMBER.value(), "id", "process", 7, Optional.of(usage));
    var still =
        new Evacuation(
            NOTHING_LEFT.evidence(),
            EngineReport.Health.GREEN,
            List.of(seat),
            List.of(),
            List.of(),
            new TreeSet<>(),
            0);
    evacuation = new Reading.Known<>(still, time.instant());
    named.add(MEMBER.value());
    var watch = watch(time);
    watch.follow(SEARCH, true, Optional.of(question(MEMBER)));
    time.advance(Duration.ofSeconds(110));
    woken.clear();

    time.advance(Duration.ofSeconds(20));

    assertThat(woken).containsExactly(SEARCH);
    assertThat(watch.drainage(SEARCH).stalled()).containsExactly(MEMBER);
  }

  @Test
  void anAnswerThatIsTooOldIsNotBelieved() {
    var watch = watch(time);
    watch.follow(SEARCH, true, Optional.empty());
    time.advance(Duration.ofSeconds(1));
    assertThat(watch.reading(SEARCH)).isInstanceOf(Reading.Known.class);

    time.advance(Duration.ofSeconds(20)); // the same old answer, again and again

    assertThat(watch.reading(SEARCH)).isInstanceOf(Reading.Unknown.class);
  }

  @Test
  void aDroppedTenantIsNotAskedAnyMore() {
    var watch = watch(time);
    watch.follow(SEARCH, true, Optional.empty());
    watch.drop(SEARCH);

    time.advance(Duration.ofMinutes(1));

    assertThat(asked.get()).isZero();
    assertThat(watch.reading(SEARCH)).isInstanceOf(Reading.Unknown.class);
  }

  /// A first turn that begins before it is written down who is asked was once the last one.
  @Test
  void aTurnThatBeginsBeforeItsRegistrationReturnsIsNotLost() throws Exception {
    var turns = new ArrayList<Thread>();
    Scheduler eager =
        (delay, task) -> {
          if (!delay.isZero()) {
            return time.after(delay, task);
          }
          var turn = Thread.ofVirtual().start(task);
          turns.add(turn);
          join(turn, Duration.ofMillis(300));
          return () -> {};
        };
    var watch = watch(eager);

    watch.follow(SEARCH, true, Optional.empty());
    for (var turn : turns) {
      turn.join();
    }

    assertThat(watch.reading(SEARCH)).isInstanceOf(Reading.Known.class);
  }

  private static void join(Thread thread, Duration limit) {
    try {
      thread.join(limit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private EngineWatch watch(Scheduler scheduler) {
    EnginePort engine =
        new EnginePort() {
          @Override
          public Reading<EngineReport> observe(StopSignal stop, Access access) {
            asked.incrementAndGet();
            return answer;
          }

          @Override
          public Reading<EngineMarks> listMarks(StopSignal stop, Access access, Errand errand) {
            marked.incrementAndGet();
            var evidence = new EngineMarks.Evidence("engine-1", 1, 1);
            var marks = new EngineMarks(evidence, "names", named, List.of(), Optional.empty());
            return new Reading.Known<>(marks, time.instant());
          }

          @Override
          public Reading<Evacuation> evacuation(
              StopSignal stop, Access access, Errand errand, Set<MemberName> leaving) {
            evacuated.incrementAndGet();
            return evacuation instanceof Reading.Known<Evacuation>(var value, var at)
                ? new Reading.Known<>(value, time.instant())
                : evacuation;
          }

          @Override
          public Reading<List<Explained>> explain(
              StopSignal stop,
              Access access,
              Errand errand,
              List<Evacuation.Copy> copies,
              Set<MemberName> leaving) {
            explained.incrementAndGet();
            return new Reading.Known<>(List.of(), time.instant());
          }
        };
    var addresses = new TreeMap<MemberName, String>();
    addresses.put(MEMBER, "10.0.0.1");
    var secret = new TenantSecret(new TenantId("t"), Optional.empty(), new TreeMap<>());
    return new EngineWatch(
        engine,
        scheduler,
        time,
        ref -> Optional.of(new EnginePort.Access(ref, addresses, secret)),
        woken::add);
  }
}
