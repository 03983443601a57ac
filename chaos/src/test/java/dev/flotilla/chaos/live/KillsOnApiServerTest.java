package dev.flotilla.chaos.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.flotilla.topology.model.ClusterRef;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/// The operator ends after its writes to a real API server, and is overtaken in them: the end is
/// that of the undisturbed run, and so is what the audit log counts as made.
///
/// Takes more than a minute: some 20 runs, each with two operators and their watches.
@Tag("control-plane")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KillsOnApiServerTest {

  private static final int MAX_ROUNDS = 60;

  /// Every write is disturbed in `--long`, every eighth one otherwise: in memory `KillsTest` and
  /// `TwoOperatorsTest` disturb them all at every build.
  private static final int STRIDE = Boolean.getBoolean("flotilla.long") ? 1 : 8;

  private ApiWorld world;
  private final Map<Change, Undisturbed> undisturbed = new LinkedHashMap<>();

  /// Where three members are at rest, left behind by runs that went well.
  private final Queue<ClusterRef> resting = new ArrayDeque<>();

  /// What operators are disturbed in.
  enum Change {
    CREATE,
    HEAL,
    SCALE_OUT
  }

  /// @param bodies pods and claims that came and went, by verb and resource
  /// @param calls of the operator that may write
  record Undisturbed(String picture, Map<String, Integer> bodies, int calls) {}

  @BeforeAll
  void start() throws IOException, InterruptedException {
    world = ApiWorld.start();
    for (var change : Change.values()) {
      undisturbed.put(change, runUndisturbed(change));
    }
  }

  @AfterAll
  void end() {
    world.close();
  }

  /// To end before a write is to end after the one before it; before the first one there is
  /// nothing.
  @TestFactory
  @Tag("R41")
  Stream<DynamicTest> theOperatorEndsAfterAWrite() {
    return each(1, (change, n) -> killed(change, n));
  }

  /// Its write lands late, when the newer operator has done everything.
  @TestFactory
  Stream<DynamicTest> theOperatorIsOvertakenInAWrite() {
    return each(2, (change, n) -> overtaken(change, n));
  }

  /// What is done to one write of a change.
  @FunctionalInterface
  private interface Disturbance {
    void run(Change change, int write) throws InterruptedException;
  }

  private Stream<DynamicTest> each(int first, Disturbance disturbance) {
    return Stream.of(Change.values())
        .flatMap(change ->
            IntStream.rangeClosed(first, undisturbed.get(change).calls())
                .filter(n -> n % STRIDE == first % STRIDE)
                .mapToObj(n ->
                    DynamicTest.dynamicTest(
                        "%s, write %d".formatted(change, n), () -> disturbance.run(change, n))));
  }

  private Undisturbed runUndisturbed(Change change) throws InterruptedException {
    var place = prepared(change);
    long mark = world.audit.mark();
    try (var operator = new SteppedOperator(world, place)) {
      begin(change, place, operator);
      rest(place, operator.takeOver());
      leave(change, place);
      return new Undisturbed(world.picture(place), bodies(mark, place), operator.kube.calls());
    }
  }

  private void killed(Change change, int at) throws InterruptedException {
    var place = prepared(change);
    long mark = world.audit.mark();
    try (var first = new SteppedOperator(world, place)) {
      begin(change, place, first);
      first.kube.after(
          at,
          () -> {
            throw new FaultyKube.Death();
          });
      assertThat(catchThrowable(() -> rest(place, first.takeOver())))
          .isInstanceOf(FaultyKube.Death.class);
    }
    try (var second = new SteppedOperator(world, place)) {
      rest(place, second.takeOver());
      assertSame(change, place, mark);
      assertThat(second.said.faults()).isEmpty();
    }
  }

  private void overtaken(Change change, int at) throws InterruptedException {
    var place = prepared(change);
    long mark = world.audit.mark();
    try (var older = new SteppedOperator(world, place);
        var newer = new SteppedOperator(world, place)) {
      begin(change, place, older);
      older.takeOver();
      older.kube.before(at, () -> rest(place, newer.takeOver()));
      rest(place, older);
      rest(place, older, newer);
      assertSame(change, place, mark);
      assertThat(older.said.faults()).isEmpty();
      assertThat(newer.said.faults()).isEmpty();
    }
  }

  private void assertSame(Change change, ClusterRef place, long mark) {
    var expected = undisturbed.get(change);
    assertThat(world.picture(place)).isEqualTo(expected.picture());
    assertThat(bodies(mark, place)).isEqualTo(expected.bodies());
    leave(change, place);
  }

  private void leave(Change change, ClusterRef place) {
    if (change != Change.SCALE_OUT) {
      resting.add(place);
    }
  }

  /// Pods and claims that came into being and went; everything else is in the picture by name.
  private Map<String, Integer> bodies(long mark, ClusterRef place) {
    return AuditLog.count(
        world.audit.since(mark, place.namespace()), AuditLog.Request::makesOrEndsABody);
  }

  /// A place where the change can begin.
  private ClusterRef prepared(Change change) throws InterruptedException {
    if (change == Change.CREATE) {
      return world.place();
    }
    if (resting.isEmpty()) {
      var place = world.place();
      try (var operator = new SteppedOperator(world, place)) {
        begin(Change.CREATE, place, operator);
        rest(place, operator.takeOver());
      }
      return place;
    }
    return resting.remove();
  }

  private void begin(Change change, ClusterRef place, SteppedOperator operator) {
    switch (change) {
      case CREATE -> world.apply(place, 3);
      case HEAL -> {
        world.losePod(place, "b");
        world.losePod(place, "c");
      }
      case SCALE_OUT -> world.apply(place, 6);
    }
    operator.awaitCluster(change == Change.SCALE_OUT ? 6 : 3);
    operator.catchUp();
  }

  /// Passes and kubelets in turn until nothing is done any more.
  private void rest(ClusterRef place, SteppedOperator... operators) {
    int quiet = 0;
    for (int round = 0; round < MAX_ROUNDS && quiet < 2; round++) {
      boolean moved = false;
      for (var operator : operators) {
        operator.catchUp();
        int before = operator.kube.calls();
        operator.pass();
        moved |= operator.kube.calls() > before + 1; // each pass asks once to write its status
        moved |= !operator.isFresh();
      }
      moved |= world.kubelets.turn(place.namespace());
      quiet = moved ? 0 : quiet + 1;
    }
    assertThat(quiet).as("comes to rest: " + world.status(place)).isEqualTo(2);
  }
}
