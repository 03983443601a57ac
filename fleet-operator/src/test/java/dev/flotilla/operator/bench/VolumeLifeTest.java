package dev.flotilla.operator.bench;

import static dev.flotilla.operator.core.Drawing.SEARCH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.retention.Deletion;
import dev.flotilla.operator.core.retention.Retention;
import dev.flotilla.operator.core.retention.RetentionPolicy;
import dev.flotilla.operator.core.status.VolumeCount;
import dev.flotilla.operator.core.view.ClusterSpec;
import dev.flotilla.topology.lifecycle.Stage;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Volumes that outlive their member or their database: how long they are kept, how that is taken
/// back, and that no other one is ever deleted.
class VolumeLifeTest extends DrainScene {

  private static final RetentionPolicy A_DAY_AFTER_SCALING =
      new RetentionPolicy(Optional.of(Duration.ofHours(24)), Optional.empty());
  private static final RetentionPolicy TWO_DAYS_AFTER_DELETION =
      new RetentionPolicy(Optional.empty(), Optional.of(Duration.ofHours(48)));

  @Test
  @Tag("D2")
  @Tag("R34")
  void theVolumeOfAMemberThatHasGoneIsDeletedWhenItsTimeIsOver() {
    var left = scaleIn(A_DAY_AFTER_SCALING);
    assertThat(left).hasSize(2);
    assertThat(running.said.announced()).contains(Reason.VOLUME_EXPIRES);
    assertThat(running.said.volumes()).isEqualTo(new VolumeCount(3, 2, 0));
    assertThat(bench.status().reason()).isEqualTo(Reason.AS_WANTED);

    after(Duration.ofHours(23));
    assertThat(claims()).hasSize(5);

    after(Duration.ofHours(1));
    assertThat(claims()).hasSize(3).doesNotContainAnyElementsOf(left);
    assertThat(running.said.volumes()).isEqualTo(new VolumeCount(3, 0, 0));
    assertWhole();
  }

  @Test
  @Tag("D2")
  void withoutAWordEverythingIsKept() {
    var left = scaleIn(RetentionPolicy.KEEP);

    after(Duration.ofDays(400));

    assertThat(claims()).hasSize(5).containsAll(left);
    assertThat(running.said.volumes()).isEqualTo(new VolumeCount(3, 2, 0));
  }

  @Test
  @Tag("D2")
  void whoeverWantsItKeptKeepsIt() {
    var left = scaleIn(A_DAY_AFTER_SCALING);
    var spared = left.iterator().next();
    say(spared, Optional.of("forever"));

    after(Duration.ofDays(3));
    assertThat(claims()).hasSize(4).contains(spared);

    assertThat(claim(spared).retention().mark()).isEmpty();

    // Its time begins anew.
    say(spared, Optional.empty());
    untilQuiet();
    after(Duration.ofHours(23));
    assertThat(claims()).hasSize(4);
    after(Duration.ofHours(1));
    assertThat(claims()).hasSize(3);
  }

  @Test
  @Tag("D2")
  void whatIsLeftOfADatabaseIsKeptOnceSomebodyWantsThat() {
    settle(3, 1);
    bench.apply(keeping(3, TWO_DAYS_AFTER_DELETION));
    untilQuiet();
    bench.delete();
    untilQuiet();
    var spared = claims().iterator().next();

    say(spared, Optional.of("forever"));
    after(Duration.ofDays(3));
    assertThat(claims()).containsExactly(spared);

    say(spared, Optional.empty());
    after(Duration.ofDays(3));
    assertThat(claims()).containsExactly(spared);

    say(spared, Optional.of(bench.time.instant().plusSeconds(3600).toString()));
    after(Duration.ofMinutes(59));
    assertThat(claims()).containsExactly(spared);
    after(Duration.ofMinutes(1));
    assertThat(claims()).isEmpty();
  }

  /// The policy is what it is when the time comes.
  @Test
  @Tag("D2")
  void aPolicyThatIsTakenBackTakesItsMarksAlong() {
    var left = scaleIn(A_DAY_AFTER_SCALING);

    bench.apply(keeping(3, RetentionPolicy.KEEP));
    after(Duration.ofDays(3));

    assertThat(claims()).hasSize(5).containsAll(left);
  }

  @Test
  @Tag("D2")
  @Tag("D9")
  void whileTheViewIsOldOrNobodyActsNothingIsDeleted() {
    var left = scaleIn(A_DAY_AFTER_SCALING);

    running.watch.sicken(Optional.of("the watch of pods is silent"));
    after(Duration.ofDays(2));
    assertThat(claims()).containsAll(left);

    running.watch.sicken(Optional.empty());
    untilQuiet();
    assertThat(claims()).hasSize(3);
  }

  @Test
  @Tag("D2")
  @Tag("R34")
  void theVolumesOfADeletedDatabaseAreKeptForItsTimeAndDeletedOneByOne() {
    settle(3, 1);
    bench.apply(keeping(3, TWO_DAYS_AFTER_DELETION));
    untilQuiet();

    bench.delete();
    untilQuiet();
    assertThat(bench.cluster.get(Thing.Resource.key(SEARCH))).isEmpty();
    assertThat(running.said.volumes()).isEqualTo(new VolumeCount(0, 3, 0));

    after(Duration.ofHours(47));
    assertThat(claims()).hasSize(3);

    bench.time.advance(Duration.ofHours(1));
    round();
    assertThat(claims()).as("one at a time").hasSize(2);
    untilQuiet();
    assertThat(claims()).isEmpty();
    assertThat(running.said.volumes()).isEqualTo(VolumeCount.NONE);
    assertThat(bench.cluster.get(Thing.Secret.key(SEARCH))).isPresent();
  }

  @Test
  @Tag("D2")
  @Tag("R29")
  void aDatabaseThatIsAppliedAgainInTimeComesBackOnItsVolumes() {
    settle(3, 1);
    bench.apply(keeping(3, TWO_DAYS_AFTER_DELETION));
    untilQuiet();
    var uids = uids("Claim");
    bench.delete();
    untilQuiet();
    after(Duration.ofHours(40));

    bench.apply(keeping(3, TWO_DAYS_AFTER_DELETION));
    bench.rest(running);
    after(Duration.ofDays(5));

    assertThat(uids("Claim")).isEqualTo(uids);
    assertThat(bench.cluster.claims(SEARCH))
        .allMatch(claim -> claim.retention().equals(Retention.UNSAID));
    assertWhole();
  }

  /// Its volumes were never released, so nothing ever deletes them.
  @Test
  @Tag("D3")
  void aDeletionThatNobodyConfirmedStopsAndMarksNothing() {
    settle(3, 1);
    bench.apply(keeping(3, TWO_DAYS_AFTER_DELETION));
    untilQuiet();
    var pods = uids("Pod");

    bench.delete(SEARCH, Deletion.UNCONFIRMED);
    after(Duration.ofDays(5));
    assertThat(uids("Pod")).isEqualTo(pods);
    assertThat(bench.cluster.claims(SEARCH))
        .hasSize(3)
        .allMatch(claim -> claim.retention().equals(Retention.UNSAID));
    assertThat(bench.status().conditions())
        .anySatisfy(condition -> {
          assertThat(condition.reason()).isEqualTo(Reason.DELETION_UNCONFIRMED);
          assertThat(condition.message()).contains("flotilla.dev/confirm-delete=search/");
        });

    // Nobody is left to stop: it stays all the same, and its pods come back.
    pods.keySet().forEach(bench.cluster::remove);
    untilQuiet();
    assertThat(bench.cluster.get(Thing.Resource.key(SEARCH))).isPresent();
    assertThat(uids("Pod")).hasSameSizeAs(pods);
    assertThat(bench.cluster.pods(SEARCH)).allMatch(Thing.Pod::ready);

    bench.delete(SEARCH, Deletion.CONFIRMED);
    untilQuiet();
    assertThat(bench.cluster.get(Thing.Resource.key(SEARCH))).isEmpty();
    assertThat(claims()).hasSize(3);
  }

  /// A claim that somebody copied or edited is nobody's, and it is counted.
  @Test
  @Tag("R34")
  void whatNobodyKnowsIsCountedAndKept() {
    var left = scaleIn(A_DAY_AFTER_SCALING);
    var edited = left.iterator().next();
    bench.cluster.change(
        Thing.Claim.key(SEARCH, edited), thing -> ((Thing.Claim) thing).saying("rubbish"));

    after(Duration.ofDays(3));

    assertThat(claims()).hasSize(4).contains(edited);
    assertThat(running.said.volumes()).isEqualTo(new VolumeCount(3, 0, 1));
  }

  /// From five to three members, and what is left of the two.
  private Set<String> scaleIn(RetentionPolicy policy) {
    settle(5, 1);
    var before = claims();
    bench.apply(keeping(3, policy));
    until("gone", () -> in(Stage.REMOVED).size() == 2);
    untilQuiet();
    var left = new TreeSet<>(before);
    left.removeIf(name ->
        bench.cluster.pods(SEARCH).stream()
            .anyMatch(pod -> pod.draft().member().volumeName().equals(name)));
    return left;
  }

  private static ClusterSpec keeping(int members, RetentionPolicy policy) {
    return Specs.keeping(Specs.of(members), policy);
  }

  private void after(Duration time) {
    bench.time.advance(time);
    untilQuiet();
  }

  private Set<String> claims() {
    return bench.cluster.claims(SEARCH).stream()
        .map(Thing.Claim::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Thing.Claim claim(String name) {
    return (Thing.Claim) bench.cluster.get(Thing.Claim.key(SEARCH, name)).orElseThrow().thing();
  }

  private void say(String name, Optional<String> word) {
    bench.cluster.change(
        Thing.Claim.key(SEARCH, name),
        thing -> {
          var claim = (Thing.Claim) thing;
          return claim.kept(new Retention(claim.retention().mark(), word));
        });
  }
}
