package dev.flotilla.operator.bench;

import static dev.flotilla.operator.bench.Bench.SEARCH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.crds.condition.ConditionType;
import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.object.KeptObject;
import dev.flotilla.operator.core.status.StatusReport.Truth;
import dev.flotilla.operator.core.view.NodeView;
import dev.flotilla.operator.core.view.VolumeView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A cluster's life, good days and bad ones, against an API server in memory.
class LifeTest {

  private final Bench bench = new Bench();
  private Bench.Running operator = bench.start();

  @BeforeEach
  void threeMembersRun() {
    bench.apply(Specs.of(3));
    bench.rest(operator);
    assertThat(bench.status().condition(ConditionType.READY).truth()).isEqualTo(Truth.TRUE);
    assertThat(bench.status().condition(ConditionType.SETTLED).truth()).isEqualTo(Truth.TRUE);
  }

  @AfterEach
  void neverTwoOfAKind() {
    assertThat(operator.said.faults()).isEmpty();
    assertThat(bench.engine.formations()).isEqualTo(1);
    assertThat(bench.cluster.pods(SEARCH).stream().map(pod -> pod.draft().member().slot()))
        .doesNotHaveDuplicates();
  }

  @Test
  void aLostPodComesBackUnderItsNameOnItsVolume() {
    var lost = bench.pod("b");
    var volumes = bench.cluster.claims(SEARCH);
    bench.cluster.remove(lost.key());

    bench.rest(operator);

    assertThat(bench.pod("b").key()).isEqualTo(lost.key());
    assertThat(bench.cluster.claims(SEARCH)).isEqualTo(volumes);
    assertReady(3);
  }

  @Test
  void growthAddsMembersAndTouchesNobody() {
    var before = bench.cluster.pods(SEARCH);

    bench.apply(Specs.of(6));
    bench.rest(operator);

    assertThat(bench.cluster.pods(SEARCH)).containsAll(before);
    assertReady(6);
    assertThat(bench.status().zones()).allMatch(zone -> zone.members() == 2 && zone.ready() == 2);
  }

  @Test
  void deletingTheResourceKeepsVolumesAndSecretAndApplyingItAgainAdoptsThem() {
    var names = bench.podNames();
    var claims = bench.cluster.claims(SEARCH);
    bench.delete();
    bench.rest(operator);
    assertThat(bench.cluster.get(Thing.Resource.key(SEARCH))).isEmpty();
    assertThat(bench.podNames()).isEmpty();
    assertThat(bench.cluster.claims(SEARCH)).isEqualTo(claims);
    assertThat(bench.cluster.get(Thing.Secret.key(SEARCH))).isPresent();

    bench.apply(Specs.of(3));
    bench.rest(operator);

    assertThat(bench.podNames()).isEqualTo(names);
    assertThat(bench.cluster.claims(SEARCH)).isEqualTo(claims);
    assertReady(3);
  }

  @Test
  @Tag("R29")
  void anotherOperatorAdoptsWhatADeletedResourceLeft() {
    var names = bench.podNames();
    bench.delete();
    bench.rest(operator);
    operator = bench.start();

    bench.apply(Specs.of(3));
    bench.rest(operator);

    assertThat(bench.podNames()).isEqualTo(names);
    assertThat(bench.cluster.created()).containsEntry("Claim", 3).containsEntry("Secret", 1);
    assertReady(3);
  }

  @Test
  @Tag("PP-2")
  void aSilentNodesMemberIsNotDoubledUntilTheNodeIsOutOfService() {
    var member = bench.pod("b");
    var node = member.node().orElseThrow();
    bench.cluster.changeNode(node, BenchNodes::silent);
    for (int hour = 0; hour < 60; hour++) {
      bench.turn();
      operator.pass(SEARCH);
    }
    assertThat(bench.podNames()).hasSize(3);
    assertThat(bench.cluster.created()).containsEntry("Pod", 3);
    assertThat(bench.cluster.deleted()).doesNotContainKey("Pod");
    assertBlocked(Reason.NODE_UNKNOWN);

    bench.cluster.changeNode(node, BenchNodes::outOfService);
    bench.rest(operator);

    assertThat(bench.pod("b").key()).isEqualTo(member.key());
    assertThat(bench.pod("b").node().orElseThrow()).isNotEqualTo(node).startsWith("b");
    assertReady(3);
  }

  @Test
  void aSilentNodeThatComesBackKeepsItsMember() {
    var member = bench.pod("b");
    bench.cluster.changeNode(member.node().orElseThrow(), BenchNodes::silent);
    bench.rest(operator);
    bench.cluster.changeNode(member.node().orElseThrow(), BenchNodes::well);

    bench.rest(operator);

    assertThat(bench.cluster.created()).containsEntry("Pod", 3);
    assertReady(3);
  }

  @Test
  void anEvictedPodIsReplacedUnderItsName() {
    var evicted = bench.pod("c");
    bench.cluster.change(evicted.key(), thing -> ((Thing.Pod) thing).over());

    bench.rest(operator);

    assertThat(bench.pod("c").key()).isEqualTo(evicted.key());
    assertThat(bench.cluster.deleted()).containsEntry("Pod", 1);
    assertReady(3);
  }

  @Test
  void aMissingImageIsNamedAndHealsByItself() {
    var image = "registry.example/engine:lost";
    bench.cluster.loseImage(image);
    var untouched = bench.cluster.pods(SEARCH);
    bench.apply(Specs.withImage(Specs.of(4), image));
    bench.rest(operator);
    assertThat(reasons()).contains(Reason.IMAGE_UNAVAILABLE);
    assertThat(bench.cluster.pods(SEARCH)).containsAll(untouched);

    bench.cluster.bringImage(image);
    bench.cluster.change(bench.pod("a").key(), thing -> thing);
    bench.rest(operator);

    assertThat(bench.status().readyInstances()).isEqualTo(4);
  }

  @Test
  void aCorrectedImageReachesAMemberThatNeverStarted() {
    var image = "registry.example/engine:misspelt";
    bench.cluster.loseImage(image);
    var untouched = bench.cluster.pods(SEARCH);
    bench.apply(Specs.withImage(Specs.of(4), image));
    bench.rest(operator);

    bench.apply(Specs.of(4));
    bench.rest(operator);

    assertReady(4);
    assertThat(bench.cluster.pods(SEARCH)).containsAll(untouched);
    assertThat(bench.cluster.deleted()).containsExactly(Map.entry("Pod", 1));
  }

  @Test
  void aZoneWithoutRoomIsNamedAndHealsByItself() {
    var untouched = bench.cluster.pods(SEARCH);
    bench.apply(Specs.of(6));
    operator.pass(SEARCH);
    bench.cluster.changeNode("b1", BenchNodes::cordoned);
    bench.cluster.changeNode("b2", BenchNodes::cordoned);
    bench.rest(operator);
    assertThat(reasons()).contains(Reason.POD_UNSCHEDULABLE);
    assertThat(bench.cluster.pods(SEARCH)).containsAll(untouched);
    assertThat(bench.status().readyInstances()).isEqualTo(5);

    bench.cluster.changeNode("b2", BenchNodes::well);
    bench.rest(operator);

    assertReady(6);
  }

  @Test
  @Tag("D11")
  void aDatabaseWithoutAnyVolumeLeftIsNotFoundedAgain() {
    bench.delete();
    bench.rest(operator);
    bench.cluster.claims(SEARCH).forEach(claim -> bench.cluster.remove(claim.key()));
    bench.apply(Specs.of(3));

    bench.rest(operator);

    assertBlocked(Reason.DATA_MISSING);
    assertThat(bench.cluster.claims(SEARCH)).isEmpty();
    assertThat(bench.podNames()).isEmpty();
  }

  @Test
  void aLostVolumeIsNamedAndNeverReplacedByAnEmptyOne() {
    var pod = bench.pod("a");
    bench.cluster.remove(pod.key());
    bench.cluster.remove(Thing.Claim.key(SEARCH, pod.draft().member().volumeName()));

    bench.rest(operator);

    assertBlocked(Reason.VOLUME_LOST);
    assertThat(bench.cluster.claims(SEARCH)).hasSize(2);
    assertThat(bench.podNames()).hasSize(2);
  }

  @Test
  @Tag("R33")
  void noPodIsStartedOnAVolumeThatIsBeingDeleted() {
    var pod = bench.pod("a");
    bench.cluster.change(
        Thing.Claim.key(SEARCH, pod.draft().member().volumeName()),
        thing -> BenchNodes.terminating((Thing.Claim) thing));
    bench.cluster.remove(pod.key());

    bench.rest(operator);

    assertBlocked(Reason.VOLUME_TERMINATING);
    assertThat(bench.podNames()).hasSize(2);
  }

  @Test
  @Tag("R30")
  void aCopyOfAVolumeIsReportedAndNeverUsed() {
    var original = bench.cluster.claims(SEARCH).getFirst();
    bench.cluster.put(original.named("restored-copy"));
    operator = bench.start();

    bench.rest(operator);

    assertThat(reasons()).contains(Reason.VOLUME_SUSPECT);
    assertThat(bench.podNames()).hasSize(3);
    assertThat(bench.cluster.created()).containsEntry("Pod", 3);
  }

  @Test
  void aForeignWriteToThePoolsScaleIsTakenBack() {
    var pool = bench.cluster.all(Thing.Pool.class).getFirst();
    bench.cluster.put(new Thing.Pool(SEARCH, pool.name(), 9, Optional.of("kubectl")));

    bench.rest(operator);

    assertThat(bench.cluster.all(Thing.Pool.class).getFirst().instances()).isEqualTo(3);
    assertThat(operator.said.announced()).contains(Reason.FOREIGN_WRITER);
    assertReady(3);
  }

  @Test
  void aPodsNewAddressReachesSeedsAndEndpoints() {
    bench.cluster.change(
        bench.pod("a").key(), thing -> ((Thing.Pod) thing).started("a1", "10.9.9.9").ready(true));

    bench.rest(operator);

    assertThat(kept(KeptObject.Seeds.class).addresses()).contains("10.9.9.9").hasSize(3);
    assertThat(kept(KeptObject.Endpoints.class).endpoints())
        .anyMatch(endpoint -> endpoint.ip().equals("10.9.9.9") && endpoint.ready());
  }

  @Test
  void aSilentEngineStopsNobodyFromHealing() {
    bench.engine.silence(Optional.of("it answers 503"));
    bench.cluster.remove(bench.pod("b").key());

    bench.rest(operator);

    assertThat(bench.podNames()).hasSize(3);
    assertThat(bench.status().condition(ConditionType.AVAILABLE).truth()).isEqualTo(Truth.UNKNOWN);
    bench.engine.silence(Optional.empty());
    bench.rest(operator);
    assertReady(3);
  }

  @Test
  @Tag("D9")
  void aSickWatchStopsWhateverMakesOrEndsABody() {
    operator.watch.sicken(Optional.of("the watch of pods is silent"));
    bench.cluster.remove(bench.pod("b").key());
    bench.rest(operator);
    assertThat(bench.podNames()).hasSize(2);
    assertThat(bench.status().condition(ConditionType.SETTLED).message())
        .contains("the watch of pods is silent");

    operator.watch.sicken(Optional.empty());
    bench.rest(operator);

    assertReady(3);
  }

  private <T extends KeptObject> T kept(Class<T> type) {
    return bench.cluster.all(Thing.Kept.class).stream()
        .map(Thing.Kept::object)
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst()
        .orElseThrow();
  }

  private void assertReady(int members) {
    assertThat(bench.status().condition(ConditionType.READY).truth()).isEqualTo(Truth.TRUE);
    assertThat(bench.status().condition(ConditionType.STALLED).truth()).isEqualTo(Truth.FALSE);
    assertThat(bench.status().readyInstances()).isEqualTo(members);
    assertThat(bench.podNames()).hasSize(members);
  }

  private void assertBlocked(Reason reason) {
    assertThat(bench.status().condition(ConditionType.STALLED).truth()).isEqualTo(Truth.TRUE);
    assertThat(bench.status().condition(ConditionType.STALLED).reason()).isEqualTo(reason);
    assertThat(operator.said.announced()).contains(reason);
  }

  private List<Reason> reasons() {
    return operator.said.announced();
  }

  /// What may befall nodes and volumes.
  private static final class BenchNodes {

    static NodeView silent(NodeView node) {
      return new NodeView(node.name(), node.zone(), false, false, false);
    }

    static NodeView outOfService(NodeView node) {
      return new NodeView(node.name(), node.zone(), false, false, true);
    }

    static NodeView cordoned(NodeView node) {
      return new NodeView(node.name(), node.zone(), true, false, false);
    }

    static NodeView well(NodeView node) {
      return new NodeView(node.name(), node.zone(), true, true, false);
    }

    static Thing.Claim terminating(Thing.Claim claim) {
      return new Thing.Claim(
          claim.cluster(),
          claim.name(),
          claim.record(),
          claim.note(),
          claim.retention(),
          claim.storageClass(),
          claim.size(),
          VolumeView.Phase.BOUND,
          true,
          claim.zone());
    }
  }
}
