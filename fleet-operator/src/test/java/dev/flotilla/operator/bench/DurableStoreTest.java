package dev.flotilla.operator.bench;

import static dev.flotilla.operator.bench.Bench.SEARCH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.flotilla.crds.condition.ConditionType;
import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.bench.Fault.Fate;
import dev.flotilla.topology.codec.VolumeRecord;
import dev.flotilla.topology.codec.VolumeRecordCodec;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.MemberRecord;
import dev.flotilla.topology.model.Slot;
import dev.flotilla.topology.store.Change;
import dev.flotilla.topology.store.CommitResult;
import dev.flotilla.topology.store.Key;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the store says of members outlives the operator that wrote it.
class DurableStoreTest {

  private static final ClusterRef OTHER = new ClusterRef("shop", "other");
  private static final Duration TAKE_OVER = Duration.ofSeconds(20);

  private static final String CREATE_POD = "create Pod ";

  private final Bench bench = new Bench();
  private final SharedStore store = new SharedStore(bench.time);

  /// The operator ends before or after each of its writes, and one on the same store takes over.
  @Tag("I15")
  @TestFactory
  Stream<DynamicTest> afterEveryDeathASuccessorGoesOn() {
    return Stream.of(Rig.CREATE, Rig.SCALE_OUT, Rig.HEAL)
        .flatMap(rig ->
            IntStream.rangeClosed(2, rig.undisturbed().writes())
                .boxed()
                .flatMap(n ->
                    Stream.of(Fate.DIES_BEFORE, Fate.DIES_AFTER)
                        .map(fate ->
                            DynamicTest.dynamicTest(
                                "%s, %s write %d".formatted(rig, fate, n),
                                () -> die(rig, Fault.dies(n, fate))))));
  }

  private static void die(Rig rig, Fault death) {
    var bench = rig.bench();
    bench.resume(); // what went before had a store of its own
    var store = new SharedStore(bench.time);
    var first = bench.candidate(store, bench.time::nanos);
    first.kube.befall(death);
    assertThat(catchThrowable(() -> bench.rest(first.lead()))).isInstanceOf(Fault.Death.class);
    first.die();
    bench.time.advance(TAKE_OVER);

    var second = bench.candidate(store, bench.time::nanos);
    bench.rest(second.lead());

    Rig.assertSame(bench, rig.undisturbed());
    assertThat(store.members(SEARCH)).as("recorded").isEqualTo(bench.podNames());
    assertThat(second.said.faults()).isEmpty();
    assertThat(second.said.announced()).as("nothing is wrong").isEmpty();
  }

  @Tag("I15")
  @ParameterizedTest
  @MethodSource("dev.flotilla.operator.bench.Rig#all")
  void aPodIsMadeOnceItsMemberIsRecorded(Rig rig) {
    var bench = rig.bench();
    bench.resume(); // what went before had a store of its own
    var store = new SharedStore(bench.time);
    var made = new ArrayList<String>();
    var operator = bench.candidate(store, bench.time::nanos);
    operator.kube.befall((n, what) -> {
      if (what.startsWith(CREATE_POD)) {
        made.add(what.substring(what.lastIndexOf('/') + 1));
        assertThat(store.members(SEARCH)).as("recorded by then").containsAll(made);
      }
      return Fate.CARRIED_OUT;
    });
    bench.rest(operator.lead());

    assertThat(made).isNotEmpty();
    assertThat(store.members(SEARCH)).isEqualTo(bench.podNames());
  }

  /// Each transaction is carried out and nobody hears of it.
  @Tag("I16")
  @TestFactory
  Stream<DynamicTest> whatHappenedWithoutAnAnswerIsReadBeforeAnythingElse() {
    return Rig.all()
        .map(rig ->
            DynamicTest.dynamicTest(
                rig.name(),
                () -> {
                  var bench = rig.bench();
                  bench.resume();
                  var store = new SharedStore(bench.time);
                  store.befallCommits(result -> new CommitResult.Unconfirmed("no answer"));
                  bench.rest(bench.candidate(store, bench.time::nanos).lead());

                  Rig.assertSame(bench, rig.undisturbed());
                }));
  }

  /// Three are recorded, none has a volume, and nobody but the store knows of them.
  @Test
  void aMemberWithoutVolumeAndPodIsStillAMember() {
    bench.apply(Specs.of(3));
    var first = candidate();
    first.kube.befall(
        (n, what) -> what.startsWith("create Claim") ? Fate.DIES_BEFORE : Fate.CARRIED_OUT);
    assertThat(catchThrowable(() -> bench.rest(first.lead()))).isInstanceOf(Fault.Death.class);
    first.die();
    int commits = store.intents().size();
    bench.time.advance(TAKE_OVER);

    var second = candidate().lead();
    second.pass(SEARCH);

    assertThat(second.view().members()).hasSize(3);
    assertThat(second.kube.reads()).noneMatch(read -> read.startsWith("members"));
    assertThat(store.intents()).as("nothing was recorded anew").hasSizeLessThan(commits + 2);
  }

  @Test
  void aVolumeThatIsNotRecordedIsShownAndNotUsed() {
    bench.apply(Specs.of(3));
    var first = candidate().lead();
    bench.rest(first);
    var known = first.view().members().getFirst().record();
    var slot = new Slot(known.pool(), known.zone(), 9);
    var stranger = MemberRecord.allocated(SEARCH, known.tenant(), slot, false);
    first.close();
    bench.cluster.put(
        bench
            .cluster
            .claims(SEARCH)
            .getFirst()
            .named(stranger.volumeName())
            .saying(VolumeRecordCodec.encode(VolumeRecord.fresh(stranger))));

    var second = candidate();
    bench.time.advance(TAKE_OVER);
    bench.rest(second.lead());

    assertThat(second.view().strays()).extracting(it -> it.name()).contains(stranger.volumeName());
    assertThat(bench.podNames()).hasSize(3);
    assertThat(bench.cluster.claims(SEARCH)).as("it is still there").hasSize(4);
  }

  @Test
  void aRecordThatIsGoneIsRebuiltFromVolumesAndPods() {
    bench.apply(Specs.of(3));
    bench.rest(bench.start()); // with a store of its own
    bench.resume();

    var second = candidate();
    bench.rest(second.lead());

    assertThat(second.view().members()).hasSize(3);
    assertThat(second.kube.reads()).anyMatch(read -> read.startsWith("members"));
    Rig.assertOneOfEach(bench);
  }

  /// Until the line is put back, this cluster alone is left as it is.
  @Test
  void anEntryThatCannotBeReadHoldsItsClusterAlone() {
    bench.apply(Specs.of(3));
    bench.apply(OTHER, Specs.of(3));
    var first = candidate().lead();
    bench.rest(first);
    first.close();
    var key = Key.of(SEARCH).child("members").child(bench.podNames().getFirst());
    store.scribble(key, new Change.Put(key, "v1 cluster=shop/search sum=12345678"));
    bench.apply(Specs.of(6));
    bench.apply(OTHER, Specs.of(4));

    var second = candidate();
    bench.time.advance(TAKE_OVER);
    second.lead();
    for (int pass = 0; pass < 3; pass++) {
      second.pass(SEARCH);
      second.pass(OTHER);
    }

    assertThat(second.said.faults()).isEmpty();
    var condition = bench.status().condition(ConditionType.STORE_REACHABLE);
    assertThat(condition.reason()).isEqualTo(Reason.STORE_DAMAGED);
    assertThat(condition.message()).contains(key.path()).contains("checksum");
    assertThat(second.said.announced()).containsOnlyOnce(Reason.STORE_DAMAGED);
    assertThat(bench.podNames()).hasSize(3);
    assertThat(bench.cluster.claims(OTHER)).hasSize(4);

    store.scribble(key, new Change.Delete(key));
    store.scribble(key, new Change.Delete(Key.of(SEARCH).child("resource")));
    bench.rest(second);
    assertThat(bench.podNames()).hasSize(6);
  }

  @Test
  void aStoreThatCannotBeReadIsTold() {
    bench.apply(Specs.of(3));
    var first = candidate().lead();
    store.befallAll(Optional.of("the store gave no answer"));

    first.pass(SEARCH);

    var condition = bench.status().condition(ConditionType.STORE_REACHABLE);
    assertThat(condition.reason()).isEqualTo(Reason.STORE_UNREACHABLE);
    assertThat(condition.message()).contains("the store gave no answer");
    store.befallAll(Optional.empty());
    bench.rest(first);
    assertThat(bench.podNames()).hasSize(3);
  }

  /// Another one of the same name is another cluster: nothing of the former one is taken for it.
  @Test
  void whatIsDeletedAndAppliedAgainIsRebuilt() {
    bench.apply(Specs.of(3));
    var first = candidate().lead();
    bench.rest(first);
    bench.delete();
    bench.rest(first);
    assertThat(bench.podNames()).isEmpty();

    bench.apply(Specs.of(3));
    bench.rest(first);

    assertThat(bench.podNames()).hasSize(3);
    Rig.assertOneOfEach(bench);
  }

  private Bench.Running candidate() {
    return bench.candidate(store, bench.time::nanos);
  }
}
