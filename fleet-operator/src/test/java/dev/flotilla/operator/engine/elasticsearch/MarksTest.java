package dev.flotilla.operator.engine.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.operator.core.view.EngineMarks;
import dev.flotilla.operator.core.view.EngineMarks.By;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.port.EnginePort;
import dev.flotilla.operator.port.Errand;
import dev.flotilla.operator.port.MarkOrder;
import dev.flotilla.operator.port.MarkResult;
import dev.flotilla.operator.port.StopSignal;
import dev.flotilla.operator.port.TenantSecret;
import dev.flotilla.topology.model.Epoch;
import dev.flotilla.topology.model.MemberName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// How the list of what is excluded is read, written and read back.
class MarksTest extends OnLoopback {

  private static final String EMPTY = "{\"persistent\":{},\"transient\":{}}";
  private static final String HUMAN =
      "{\"persistent\":{\"cluster.routing.allocation.exclude._ip\":\"10.0.0.9\","
          + "\"cluster.routing.allocation.exclude._name\":\" n9 ,old-*\","
          + "\"indices.recovery.max_bytes_per_sec\":\"40mb\"},\"transient\":{}}";
  private static final String HIDDEN =
      "{\"persistent\":{\"cluster.routing.allocation.exclude._name\":\"n9,m1\"},"
          + "\"transient\":{\"cluster.routing.allocation.exclude._name\":\"\"}}";

  private static final String IP = "cluster.routing.allocation.exclude._ip";
  private static final MemberName M1 = new MemberName("m1");
  private static final MemberName M2 = new MemberName("m2");
  private static final Errand ERRAND = new Errand("drain-7", "mark", new Epoch(3));

  @Test
  @Tag("D14")
  void whatPeopleSetIsTheSameBeforeAndAfter() {
    var settings = new FakeSettings(HUMAN);
    var engine = engine(member(settings).port());

    var marked = sync(engine, MarkOrder.mark(Set.of(M1, M2)));

    assertHeld(marked, true, "m1", "m2", "n9", "old-*");
    assertThat(settings.told()).isEqualTo(HUMAN.replace("old-*", "old-*,m1,m2"));
    assertHeld(sync(engine, MarkOrder.release(Set.of(M1))), true, "m2", "n9", "old-*");
    assertHeld(sync(engine, MarkOrder.release(Set.of(M2))), true, "n9", "old-*");
    assertThat(settings.told()).isEqualTo(HUMAN);
  }

  @Test
  void whereNobodySetAnythingNothingIsLeft() {
    var settings = new FakeSettings(EMPTY);
    var engine = engine(member(settings).port());

    assertHeld(sync(engine, MarkOrder.mark(Set.of(M1))), true, "m1");
    assertHeld(sync(engine, MarkOrder.release(Set.of(M1))), true);
    assertThat(settings.told()).isEqualTo(EMPTY);
  }

  @Test
  void repeatingAnOrderWritesNothing() {
    var member = member(new FakeSettings(EMPTY));
    var engine = engine(member.port());

    sync(engine, MarkOrder.mark(Set.of(M1)));
    assertHeld(sync(engine, MarkOrder.mark(Set.of(M1))), false, "m1");

    assertThat(member.requests()).filteredOn(it -> it.method().equals("PUT")).hasSize(1);
    assertThat(member.requests())
        .allSatisfy(it -> assertThat(it.errand()).isEqualTo("flotilla/drain-7/mark/3"));
  }

  /// A write whose answer was lost may still be on its way: only another one tells that it is not.
  @Test
  void whatShallBeAbsentIsWrittenAlsoIfItIs() {
    var member = member(new FakeSettings(HUMAN));

    assertHeld(sync(engine(member.port()), MarkOrder.release(Set.of(M1))), true, "n9", "old-*");
    assertThat(member.requests()).filteredOn(it -> it.method().equals("PUT")).hasSize(1);
  }

  @Test
  void everyEntryIsToldAsItsWritersOwn() {
    var marks = list(engine(member(new FakeSettings(HUMAN)).port())).known().orElseThrow();

    assertThat(marks.evidence()).isEqualTo(new EngineMarks.Evidence("u", 7, 1));
    assertThat(marks.of(Set.of(M1))).isEmpty();
    assertThat(marks.foreign(Set.of(M1)))
        .containsExactly(
            new EngineMarks.ForeignMark(ExcludeSettings.OWN, false, By.NAME, "n9"),
            new EngineMarks.ForeignMark(ExcludeSettings.OWN, false, By.NAME, "old-*"),
            new EngineMarks.ForeignMark(IP, false, By.ADDRESS, "10.0.0.9"));
  }

  /// The engine would not look at ours: it is not set in vain, and not left where it is in the way.
  @Test
  void whatHidesOursIsLeftAloneAndOursIsNotSet() {
    var settings = new FakeSettings(HIDDEN);
    var engine = engine(member(settings).port());

    assertThat(sync(engine, MarkOrder.mark(Set.of(M2))))
        .isInstanceOfSatisfying(
            MarkResult.Refused.class, it -> assertThat(it.why()).contains("transient"));
    assertThat(settings.told()).isEqualTo(HIDDEN);

    assertHeld(sync(engine, MarkOrder.release(Set.of(M1))), true, "n9");
    assertThat(settings.told()).isEqualTo(HIDDEN.replace("n9,m1", "n9"));
  }

  /// One entry goes, wherever it stands; what others wrote beside it stays as it was, to the byte.
  @Test
  @Tag("ZD-7")
  void oneEntryOfSomebodyElsesIsStruckAndNothingElse() {
    var before =
        "{\"persistent\":{\"%s\":\" 10.0.0.7 ,,10.0.0.70, 10.0.0.*\",\"%s\":\" n9 ,old-*\"},"
                .formatted(IP, ExcludeSettings.OWN)
            + "\"transient\":{\"%s\":\"10.0.0.8,10.0.0.7\"}}".formatted(IP);
    var settings = new FakeSettings(before);
    var member = member(settings);
    var order = MarkOrder.strike(new MarkOrder.Entry(IP, "10.0.0.7"));

    assertHeld(sync(engine(member.port()), order), true, "n9", "old-*");

    var after = before.replace(" 10.0.0.7 ,", "").replace(",10.0.0.7\"", "\"");
    assertThat(settings.told()).isEqualTo(after);
    assertThat(member.requests())
        .filteredOn(it -> it.method().equals("PUT"))
        .singleElement()
        .satisfies(it -> assertThat(it.body()).doesNotContain(ExcludeSettings.OWN));
    assertHeld(sync(engine(member.port()), order), true, "n9", "old-*");
    assertThat(settings.told()).as("struck again").isEqualTo(after);
  }

  /// The last entry of a transient setting goes with the setting, which hid the lasting one.
  @Test
  void aListOfWhichNothingIsLeftIsGone() {
    var settings =
        new FakeSettings(
            "{\"persistent\":{},\"transient\":{\"%s\":\"m1\"}}".formatted(ExcludeSettings.OWN));
    var entry = new MarkOrder.Entry(ExcludeSettings.OWN, "m1");

    assertHeld(sync(engine(member(settings).port()), MarkOrder.strike(entry)), true);
    assertThat(settings.told()).isEqualTo(EMPTY);
  }

  /// Two that write at once lose entries: what is not read back was not set.
  @Test
  void aMarkThatIsNotReadBackIsUnconfirmed() {
    var settings = new FakeSettings(EMPTY);
    var member =
        member((request, out) -> {
          if (request.method().equals("PUT")) {
            settings.put(request.body());
            settings.put("{\"persistent\":{\"%s\":\"n9\"}}".formatted(ExcludeSettings.OWN));
            FakeMember.send(out, 200, "", "{\"acknowledged\":true}");
          } else {
            settings.answer(request, out);
          }
        });

    assertThat(sync(engine(member.port()), MarkOrder.mark(Set.of(M1))))
        .isEqualTo(new MarkResult.Unconfirmed("not every mark that was set is there"));
  }

  @Test
  void whatTheEngineAnswersTellsWhetherItMayHaveHappened() {
    for (int status : List.of(400, 401, 403, 404)) {
      assertThat(syncWhereWritesEnd(status)).isInstanceOf(MarkResult.Refused.class);
    }
    for (int status : List.of(429, 500, 503)) {
      assertThat(syncWhereWritesEnd(status)).isInstanceOf(MarkResult.Unconfirmed.class);
    }
  }

  private MarkResult syncWhereWritesEnd(int status) {
    var settings = new FakeSettings(EMPTY);
    var member =
        member((request, out) -> {
          if (request.method().equals("PUT")) {
            FakeMember.send(out, status, "", "{}");
          } else {
            settings.answer(request, out);
          }
        });
    var result = sync(engine(member.port()), MarkOrder.mark(Set.of(M1)));
    assertThat(member.requests()).filteredOn(it -> it.method().equals("PUT")).hasSize(1);
    return result;
  }

  @Test
  void whatCannotBeReadIsUnknownAndNothingIsWritten() {
    for (var answer :
        List.of("{}", "[]", "{\"persistent\":{}}", "{\"persistent\":[],\"transient\":{}}", "<")) {
      var settings = new FakeSettings(EMPTY);
      var member =
          member((request, out) -> {
            if (request.path().startsWith("/_cluster/settings")) {
              FakeMember.send(out, 200, "", answer);
            } else {
              settings.answer(request, out);
            }
          });
      var engine = engine(member.port());

      assertThat(list(engine)).isInstanceOf(Reading.Unknown.class);
      assertThat(sync(engine, MarkOrder.release(Set.of(M1))))
          .isInstanceOf(MarkResult.Refused.class);
      assertThat(member.requests()).noneMatch(it -> it.method().equals("PUT"));
    }
  }

  @Test
  void anotherDatabaseIsNotTouched() {
    var member = member(new FakeSettings(EMPTY));
    var other = new TenantSecret(secret.tenant(), Optional.of("v"), secret.files());
    var access = new EnginePort.Access(Shop.SEARCH, access("127.0.0.1").addresses(), other);

    assertThat(
            engine(member.port())
                .sync(new StopSignal(), access, ERRAND, MarkOrder.mark(Set.of(M1))))
        .isInstanceOfSatisfying(
            MarkResult.Refused.class, it -> assertThat(it.why()).contains("another database"));
    assertThat(member.requests()).noneMatch(it -> it.method().equals("PUT"));
  }

  @Test
  void theSignalEndsAWriteThatHangs() throws Exception {
    var settings = new FakeSettings(EMPTY);
    var hanging = new CountDownLatch(1);
    var gone = new CountDownLatch(1);
    var member =
        member((request, out) -> {
          if (request.method().equals("PUT")) {
            hanging.countDown();
            gone.await();
          } else {
            settings.answer(request, out);
          }
        });
    var engine = engine(member.port());
    assertThat(list(engine).known()).isPresent(); // the connection is there
    var stop = new StopSignal();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var result =
          threads.submit(
              () -> engine.sync(stop, access("127.0.0.1"), ERRAND, MarkOrder.mark(Set.of(M1))));
      try {
        assertThat(hanging.await(60, TimeUnit.SECONDS)).isTrue();
      } finally {
        stop.stop("the specification changed");
      }
      long stopped = System.nanoTime();

      assertThat(result.get(10, TimeUnit.SECONDS)).isInstanceOf(MarkResult.Unconfirmed.class);
      assertThat(Duration.ofNanos(System.nanoTime() - stopped)).isLessThan(Duration.ofSeconds(1));
    } finally {
      gone.countDown();
    }
  }

  @Test
  void aFiredSignalWritesNothing() {
    var member = member(new FakeSettings(EMPTY));
    var stop = new StopSignal();
    stop.stop("the process stops");

    assertThat(
            engine(member.port())
                .sync(stop, access("127.0.0.1"), ERRAND, MarkOrder.mark(Set.of(M1))))
        .isEqualTo(new MarkResult.Refused("asking it was stopped"));
    assertThat(member.requests()).isEmpty();
  }

  private MarkResult sync(ElasticsearchEngine engine, MarkOrder order) {
    return engine.sync(new StopSignal(), access("127.0.0.1"), ERRAND, order);
  }

  private Reading<EngineMarks> list(ElasticsearchEngine engine) {
    return engine.listMarks(new StopSignal(), access("127.0.0.1"), ERRAND);
  }

  private static void assertHeld(MarkResult result, boolean acknowledged, String... named) {
    assertThat(result)
        .isInstanceOfSatisfying(
            MarkResult.Held.class,
            held -> {
              assertThat(held.marks().named()).containsExactly(named);
              assertThat(held.acknowledged()).isEqualTo(acknowledged);
            });
  }
}
