package dev.flotilla.operator.bench;

import static dev.flotilla.operator.bench.Bench.SEARCH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.crds.condition.ConditionType;
import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.compare.Difference;
import dev.flotilla.operator.core.compare.Difference.Kind;
import dev.flotilla.operator.core.status.StatusReport.Truth;
import dev.flotilla.operator.core.view.Authority;
import dev.flotilla.operator.core.view.ClusterSpec;
import dev.flotilla.operator.core.view.MemberView;
import dev.flotilla.operator.core.view.PoolSpec;
import dev.flotilla.operator.port.Mirrored.Trusted;
import dev.flotilla.operator.shell.Operator;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.Epoch;
import dev.flotilla.topology.model.MemberRecord;
import dev.flotilla.topology.store.Change;
import dev.flotilla.topology.store.Key;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What happens when the store says nothing, or may not tell of today.
class StoreLossTest {

  private static final Duration LEASE_OVER = Duration.ofSeconds(25);
  private static final Duration NEXT_TURN = Duration.ofSeconds(6);

  private final Bench bench = new Bench();
  private final SharedStore store = new SharedStore(bench.time);

  /// Its name is the guard; whoever is not recorded yet waits.
  @Tag("RF-2")
  @Test
  void withoutTheStoreLostPodsComeBackAndNothingElseIsDone() {
    var acting = withThreeMembers();
    int commits = store.intents().size();
    store.befallAll(Optional.of("two of three are gone"));
    bench.time.advance(LEASE_OVER);
    acting.watch.deliver();
    assertThat(acting.authority())
        .isEqualTo(
            new Authority.Minding(new Epoch(1), Reason.STORE_UNREACHABLE, "two of three are gone"));
    assertThat(acting.trouble()).as("it is not ready").contains("two of three are gone");

    var names = bench.podNames();
    bench.cluster.remove(bench.pod("b").key());
    bench.apply(larger(6));
    bench.rest(acting);

    assertThat(bench.podNames()).isEqualTo(names);
    assertThat(bench.cluster.claims(SEARCH))
        .as("nobody was added, and nothing has grown")
        .extracting(Thing.Claim::size)
        .containsExactly("10Gi", "10Gi", "10Gi");
    var condition = bench.status().condition(ConditionType.STORE_REACHABLE);
    assertThat(condition.truth()).isEqualTo(Truth.FALSE);
    assertThat(condition.reason()).isEqualTo(Reason.STORE_UNREACHABLE);

    assertThat(store.intents()).hasSize(commits);

    store.befallAll(Optional.empty());
    bench.time.advance(NEXT_TURN);
    bench.rest(acting);
    assertThat(bench.podNames()).hasSize(6);
    Rig.assertOneOfEach(bench);
  }

  /// Somebody else has acted since: what this one remembers may be wrong.
  @Tag("RF-2")
  @Test
  void whoeverWasFollowedMindsNobody() {
    var former = withThreeMembers();
    store.befallAll(Optional.of("it is cut off"));
    bench.cluster.put(new Thing.Epoch(2, "another", false, Optional.empty()));
    bench.time.advance(LEASE_OVER);

    assertThat(former.authority()).isInstanceOf(Authority.NotActing.class);
    former.watch.deliver();
    bench.cluster.remove(bench.pod("b").key());
    bench.rest(former);
    assertThat(bench.podNames()).hasSize(2);
  }

  /// How things stand was asked for before the pause; nobody knows what has happened in it.
  @Tag("RF-2")
  @Test
  void whoeverWasPausedWhileItMindedLooksAgainFirst() {
    var acting = withThreeMembers();
    store.befallAll(Optional.of("no answer"));
    bench.time.advance(LEASE_OVER);
    assertThat(acting.authority()).isInstanceOf(Authority.Minding.class);

    acting.die(); // nothing of it runs any more, and its memory is still there
    bench.time.advance(Duration.ofSeconds(16));

    assertThat(acting.authority()).isInstanceOf(Authority.NotActing.class);
  }

  /// The backup was made with three members; it is put back when there are six, one of whom lost
  /// its pod.
  @Tag("D13")
  @Test
  void aStoreOfAnOlderMomentIsOnlyReadUntilAPersonSaysWhatCounts() {
    var first = withThreeMembers();
    var older = store.copy(bench.time);
    bench.apply(Specs.of(6));
    bench.rest(first);
    first.die();
    bench.time.advance(LEASE_OVER);

    var second = bench.candidate(older, bench.time::nanos).lead();
    var names = bench.podNames();
    bench.cluster.remove(bench.pod("b").key());
    var gone = names.stream().filter(name -> !bench.podNames().contains(name)).toList();
    bench.apply(Specs.of(9));
    bench.rest(second);

    assertThat(second.authority()).isInstanceOf(Authority.Minding.class);
    assertThat(bench.podNames()).as("the recorded one is back").containsAll(gone);
    assertThat(bench.podNames()).as("nothing was made or ended").isEqualTo(names);
    assertThat(bench.cluster.claims(SEARCH)).hasSize(6);
    var condition = bench.status().condition(ConditionType.STORE_REACHABLE);
    assertThat(condition.truth()).isEqualTo(Truth.FALSE);
    assertThat(condition.reason()).isEqualTo(Reason.STORE_HALTED);
    assertThat(older.intents()).as("only read").isEmpty();

    var unrecorded = new TreeSet<>(names);
    second.view().members().forEach(member -> unrecorded.remove(member.name().value()));
    assertThat(differences(second))
        .isEqualTo(
            unrecorded.stream()
                .map(name -> new Difference(SEARCH, Kind.NOT_RECORDED, name))
                .toList());

    bench.time.advance(Duration.ofMinutes(10));
    bench.rest(second);
    assertThat(second.authority()).as("time settles nothing").isInstanceOf(Authority.Minding.class);

    trust(second, Trusted.KUBERNETES);

    assertThat(second.authority()).isInstanceOf(Authority.Acting.class);
    assertThat(differences(second)).isEmpty();
    assertThat(bench.podNames()).hasSize(9).containsAll(names);
    Rig.assertOneOfEach(bench);
  }

  /// An empty store knows nobody, so nobody is brought back before a person has spoken.
  @Tag("D13")
  @Test
  void anEmptyStoreIsFilledFromWhatExistsOnceAPersonSaysSo() {
    var first = withThreeMembers();
    var before = records(first);
    first.die();
    var empty = new SharedStore(bench.time);

    var second = successor(empty);

    assertThat(bench.status().condition(ConditionType.STORE_REACHABLE).reason())
        .isEqualTo(Reason.STORE_HALTED);
    assertThat(differences(second)).extracting(Difference::kind).containsOnly(Kind.NOT_RECORDED);
    assertThat(empty.intents()).isEmpty();

    trust(second, Trusted.KUBERNETES);

    assertThat(second.view().members())
        .extracting(MemberView::record)
        .containsExactlyInAnyOrderElementsOf(before);
    assertThat(bench.podNames()).hasSize(3);
  }

  /// Three are in the backup, three were made after it; a fourth three are in another database that
  /// was recorded by mistake.
  @Tag("R56")
  @Tag("RF-2")
  @Test
  void aBackupAndWhatExistsGiveTheSameMembersAgain() {
    var first = withThreeMembers();
    var backup = first.contents();
    bench.apply(Specs.of(6));
    bench.rest(first);
    var members = records(first);
    var names = bench.podNames();
    first.die();
    var founded = new SharedStore(bench.time);
    var stale = Key.of(new ClusterRef("shop", "gone")).child("members").child("x");
    founded.scribble(stale, new Change.Put(stale, "v1"));
    var second = successor(founded);

    assertThat(second.restore(backup)).isEqualTo(new Operator.Restored(1, backup.size(), 1));
    assertThat(second.contents()).isEqualTo(backup);
    assertThat(second.restore(backup)).as("again").isEqualTo(new Operator.Restored(1, 0, 0));
    bench.time.advance(NEXT_TURN);
    bench.rest(second);
    assertThat(second.authority()).isInstanceOf(Authority.Minding.class);
    assertThat(differences(second)).hasSize(3);
    assertThat(bench.podNames()).as("nobody was touched").isEqualTo(names);

    trust(second, Trusted.KUBERNETES);

    assertThat(records(second)).isEqualTo(members);
    assertThat(bench.podNames()).isEqualTo(names);
  }

  private static List<MemberRecord> records(Bench.Running operator) {
    return operator.view().members().stream().map(MemberView::record).toList();
  }

  /// The person knows that the older store is right: what it does not know is shown, and stays.
  @Tag("D13")
  @Test
  void whereTheStoreCountsNothingThatItDoesNotKnowIsRemoved() {
    var operator = shrunkSinceTheBackup(Trusted.STORE);

    assertThat(operator.view().members()).hasSize(3);
    assertThat(operator.view().strays()).hasSize(3);
    assertThat(bench.podNames()).hasSize(6);
  }

  /// All that exist are members again; those that are too many are drained, as the user wants.
  @Tag("D13")
  @Test
  void whereKubernetesCountsWhatTheStoreDoesNotKnowIsRecorded() {
    var operator = shrunkSinceTheBackup(Trusted.KUBERNETES);

    assertThat(operator.view().strays()).isEmpty();
    assertThat(bench.podNames()).hasSize(3);
  }

  /// The store knows three of six, three are wanted, and a person has said what counts.
  private Bench.Running shrunkSinceTheBackup(Trusted side) {
    var first = withThreeMembers();
    var older = store.copy(bench.time);
    bench.apply(Specs.of(6));
    bench.rest(first);
    first.die();
    bench.apply(Specs.of(3));
    var second = successor(older);

    trust(second, side);

    assertThat(second.authority()).isInstanceOf(Authority.Acting.class);
    assertThat(bench.cluster.claims(SEARCH)).hasSize(6);
    return second;
  }

  /// So many members, with more room for each.
  private static ClusterSpec larger(int members) {
    var pool = Specs.pool("data", OptionalInt.of(members));
    return Specs.of(
        new PoolSpec(
            pool.name(),
            pool.roles(),
            pool.instances(),
            pool.resources(),
            "20Gi",
            pool.storageClass()));
  }

  private static List<Difference> differences(Bench.Running operator) {
    return operator.compare().known().orElseThrow().differences();
  }

  /// One that acts, at rest.
  private Bench.Running withThreeMembers() {
    bench.apply(Specs.of(3));
    var first = bench.candidate(store, bench.time::nanos).lead();
    bench.rest(first);
    return first;
  }

  /// The next one, with another store, at rest.
  private Bench.Running successor(SharedStore other) {
    bench.time.advance(LEASE_OVER);
    var second = bench.candidate(other, bench.time::nanos).lead();
    bench.rest(second);
    return second;
  }

  /// A person says what counts.
  private void trust(Bench.Running operator, Trusted side) {
    var shown = (Thing.Epoch) bench.cluster.get(Thing.Epoch.KEY).orElseThrow().thing();
    bench.cluster.put(shown.trusting(side));
    bench.time.advance(NEXT_TURN.multipliedBy(2));
    bench.rest(operator);
  }
}
