package dev.flotilla.operator.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.crds.condition.Reason;
import dev.flotilla.operator.core.object.KeptObject;
import dev.flotilla.operator.core.retention.Retention;
import dev.flotilla.operator.core.step.PodDraft;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.PodView;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.core.view.VolumeView;
import dev.flotilla.operator.port.ClusterResource;
import dev.flotilla.operator.port.KubeApi;
import dev.flotilla.operator.port.KubeCache;
import dev.flotilla.operator.port.Mirrored;
import dev.flotilla.operator.port.StopSignal;
import dev.flotilla.operator.port.TenantSecret;
import dev.flotilla.operator.port.WriteResult;
import dev.flotilla.operator.port.WriteResult.Cause;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.Epoch;
import dev.flotilla.topology.model.MemberRecord;
import dev.flotilla.topology.model.PoolName;
import dev.flotilla.topology.model.Slot;
import dev.flotilla.topology.model.TenantId;
import dev.flotilla.topology.model.Zone;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the shell relies on in [KubeApi] and [KubeCache], held against the fake and against a real
/// API server: what the fake proves is worth as much as the two agree.
public abstract class KubeApiContract {

  private static final PoolName DATA = new PoolName("data");
  private static final Instant UNTIL = Instant.parse("2026-01-08T00:00:00Z");
  private static final TenantId TENANT = new TenantId("tenant-1");

  private final StopSignal stop = new StopSignal();
  private Line line;

  /// One operator's line to Kubernetes.
  ///
  /// @param ref a cluster whose resource exists and nothing else of it
  public record Line(KubeApi kube, KubeCache cache, ClusterRef ref) {}

  protected abstract Line open() throws Exception;

  @BeforeEach
  void begin() throws Exception {
    line = open();
    done(line.kube().apply(stop, line.ref(), new KeptObject.Pool(DATA, 3)));
  }

  @Test
  void aTenantIsCreatedOnceAndNeverOverwritten() {
    done(line.kube().createTenant(stop, line.ref(), secret("first")));

    refused(line.kube().createTenant(stop, line.ref(), secret("second")), Cause.ALREADY_EXISTS);

    assertThat(tenant().files()).isEqualTo(secret("first").files());
    assertThat(line.cache().tenantVersion(line.ref())).isPresent();
  }

  @Test
  void aFormationIsRecordedOnceAndNeverOverwritten() {
    done(line.kube().createTenant(stop, line.ref(), secret("first")));

    done(line.kube().recordFormation(stop, line.ref(), "engine-1"));
    done(line.kube().recordFormation(stop, line.ref(), "engine-1"));
    refused(line.kube().recordFormation(stop, line.ref(), "engine-2"), Cause.CHANGED);

    assertThat(tenant().formed()).contains("engine-1");
  }

  @Test
  void aFormationOfNobodyIsRefused() {
    refused(line.kube().recordFormation(stop, line.ref(), "engine-1"), Cause.NOT_FOUND);
  }

  @Test
  void aVolumeThatIsCreatedTwiceIsThereOnce() {
    done(line.kube().createVolume(stop, volume("a")));
    var first = claim("a");

    done(line.kube().createVolume(stop, volume("a")));

    assertThat(claim("a").uid()).isEqualTo(first.uid());
    assertThat(line.cache().volumes(line.ref())).hasSize(1);
    assertThat(first.suspicion()).isEmpty();
  }

  @Test
  void aPodThatIsCreatedTwiceIsThereOnce() {
    done(line.kube().createVolume(stop, volume("a")));
    done(line.kube().createPod(stop, draft("a", poolUid())));
    var first = pod("a");

    done(line.kube().createPod(stop, draft("a", poolUid())));

    assertThat(pod("a").uid()).isEqualTo(first.uid());
  }

  @Test
  void whatWasWrittenIsSeenAtOnce() {
    done(line.kube().createVolume(stop, volume("a")));
    done(line.kube().createPod(stop, draft("a", poolUid())));

    assertThat(line.cache().pools(line.ref()).get(DATA).instances()).isEqualTo(3);
    assertThat(line.cache().volumes(line.ref())).containsKey(member("a").volumeName());
    assertThat(line.cache().pods(line.ref())).containsKey(member("a").name());
  }

  @Test
  void aPodIsDeletedOnlyByItsUidAndVersion() {
    done(line.kube().createPod(stop, draft("a", poolUid())));
    var seen = pod("a");

    refused(
        delete("a", "00000000-0000-0000-0000-000000000001", seen.resourceVersion()), Cause.CHANGED);
    refused(delete("a", seen.uid(), "1"), Cause.CHANGED);
    assertThat(pod("a").terminating()).isFalse();

    done(delete("a", seen.uid(), seen.resourceVersion()));
    assertThat(line.cache().pods(line.ref()).values()).allMatch(PodView::terminating);
  }

  @Test
  void aPodThatIsNotThereIsNotDeleted() {
    refused(delete("a", "00000000-0000-0000-0000-000000000001", "1"), Cause.NOT_FOUND);
  }

  @Test
  void aNudgeReachesThePodAndNoNamesake() {
    done(line.kube().createPod(stop, draft("a", poolUid())));

    done(nudge("a", pod("a").uid()));
    refused(nudge("a", "00000000-0000-0000-0000-000000000001"), Cause.CHANGED);

    assertThat(pod("a").nudge()).contains("print");
  }

  @Test
  void aVolumeSaysUntilWhenItIsKeptAndAChangedOneIsLookedAtAgain() {
    done(line.kube().createVolume(stop, volume("a")));
    var seen = claim("a");

    done(retain("a", seen, Optional.of(UNTIL)));
    assertThat(claim("a").retention().until()).contains(UNTIL);
    refused(retain("a", seen, Optional.empty()), Cause.CHANGED);
    done(retain("a", claim("a"), Optional.empty()));

    assertThat(claim("a").retention()).isEqualTo(Retention.UNSAID);
  }

  @Test
  void aVolumeIsDeletedOnlyAsItWasSeenAndWhereNobodyUsesIt() {
    done(line.kube().createVolume(stop, volume("a")));
    done(retain("a", claim("a"), Optional.of(UNTIL)));
    done(line.kube().createPod(stop, draft("b", poolUid())));
    done(line.kube().createVolume(stop, volume("b")));
    var seen = claim("a");
    var owner = line.cache().cluster(line.ref()).map(ClusterResource::uid);

    refused(
        end("a", owner, "00000000-0000-0000-0000-000000000001", seen.resourceVersion()),
        Cause.CHANGED);
    refused(end("a", owner, seen.uid(), "1"), Cause.CHANGED);
    refused(end("a", Optional.empty(), seen.uid(), seen.resourceVersion()), Cause.CHANGED);
    refused(end("b", owner, claim("b").uid(), claim("b").resourceVersion()), Cause.CHANGED);
    assertThat(line.cache().volumes(line.ref()).values()).noneMatch(VolumeView::terminating);

    done(end("a", owner, seen.uid(), seen.resourceVersion()));
    assertThat(line.cache().volumes(line.ref()).values())
        .filteredOn(volume -> volume.name().equals(seen.name()))
        .allMatch(VolumeView::terminating);
  }

  @Test
  void aVolumeIsStampedOnlyAtTheVersionThatWasSeen() {
    done(line.kube().createVolume(stop, volume("a")));
    var seen = claim("a");

    done(stamp("a", seen));
    refused(stamp("a", seen), Cause.CHANGED);

    assertThat(claim("a").trusted().flatMap(record -> record.engineUuid())).contains("engine-1");
    assertThat(claim("a").trusted().flatMap(record -> record.volumeUid())).contains(seen.uid());
  }

  @Test
  void whatIsAppliedStandsAndApplyingItAgainChangesNothing() {
    var budget = new KeptObject.Budget(DATA, 1);
    var seeds = new KeptObject.Seeds(new TreeSet<>(List.of("10.0.0.1", "10.0.0.2")));
    for (KeptObject object : List.of(budget, seeds, new KeptObject.ClientService())) {
      done(line.kube().apply(stop, line.ref(), object));
      done(line.kube().apply(stop, line.ref(), object));
    }

    assertThat(line.cache().standing(line.ref()).budgets()).containsEntry(DATA, budget);
    assertThat(line.cache().standing(line.ref()).seeds()).contains(seeds);
    assertThat(line.cache().standing(line.ref()).service()).isPresent();
  }

  @Test
  void membersAreReadFromVolumesAndFromPods() {
    done(line.kube().createVolume(stop, volume("a")));
    done(line.kube().createPod(stop, draft("b", poolUid())));

    assertThat(line.kube().readMembers(stop, line.ref()).known().orElseThrow().members())
        .containsExactlyInAnyOrder(member("a").provisioned(), member("b").provisioned());
  }

  @Test
  void eachTakeOverHasAHigherEpoch() {
    var first = epoch(line.kube().takeOver(stop));
    var second = epoch(line.kube().takeOver(stop));

    assertThat(second).isEqualTo(first.next());
    assertThat(line.cache().shownEpoch()).contains(second);
  }

  @Test
  void anEpochOfTheStoreIsShownIfItIsHigherThanEveryOneBefore() {
    var before = epoch(line.kube().takeOver(stop));
    var epoch = before.next();

    assertThat(known(line.kube().mirror(stop, epoch, "one"))).isEqualTo(new Mirrored.Shown());
    assertThat(line.cache().shownEpoch()).contains(epoch);
    assertThat(known(line.kube().mirror(stop, epoch, "one")))
        .as("again")
        .isEqualTo(new Mirrored.Shown());
    assertThat(known(line.kube().shows(stop, epoch, "one"))).isTrue();
    assertThat(known(line.kube().shows(stop, epoch, "two"))).isFalse();
    assertThat(known(line.kube().shows(stop, before, "one"))).isFalse();
  }

  /// It is noted, so that a store which gives a higher epoch at each try does not slip through.
  @Test
  void anEpochThatIsNotHigherHaltsEveryOneThatFollows() {
    var before = epoch(line.kube().takeOver(stop));

    assertThat(known(line.kube().mirror(stop, before, "two"))).isInstanceOf(Mirrored.Halted.class);
    assertThat(known(line.kube().mirror(stop, before.next(), "three")))
        .isInstanceOf(Mirrored.Halted.class);
    assertThat(line.kube().resume(stop))
        .as("nobody has said what counts")
        .isInstanceOf(WriteResult.RetryAfter.class);
    assertThat(line.cache().shownEpoch()).contains(before);
  }

  private static <T> T known(Reading<T> reading) {
    return reading.known().orElseThrow(() -> new AssertionError(reading.toString()));
  }

  private static Epoch epoch(Reading<Epoch> reading) {
    return reading.known().orElseThrow(() -> new AssertionError(reading.toString()));
  }

  private MemberRecord member(String zone) {
    return MemberRecord.allocated(line.ref(), TENANT, new Slot(DATA, new Zone(zone), 1), true);
  }

  private Step.CreateVolume volume(String zone) {
    return new Step.CreateVolume(member(zone), "1Gi", "zonal", Reason.CREATING);
  }

  private PodDraft draft(String zone, String owner) {
    var pool = Specs.pool("data", OptionalInt.of(3));
    var template =
        new PodDraft.Template("9.5.3", Specs.IMAGE, pool.roles(), pool.resources(), "rev1");
    return new PodDraft(member(zone), owner, template, List.of(member(zone).name()));
  }

  private String poolUid() {
    return line.cache().pools(line.ref()).get(DATA).uid();
  }

  private VolumeView claim(String zone) {
    return line.cache().volumes(line.ref()).get(member(zone).volumeName());
  }

  private PodView pod(String zone) {
    return line.cache().pods(line.ref()).get(member(zone).name());
  }

  private WriteResult retain(String zone, VolumeView seen, Optional<Instant> until) {
    var step =
        new Step.RetainVolume(
            member(zone), seen.uid(), seen.resourceVersion(), until, Reason.VOLUME_EXPIRES);
    return line.kube().retainVolume(stop, step);
  }

  private WriteResult end(String zone, Optional<String> owner, String uid, String version) {
    var step =
        new Step.DeleteVolume(member(zone), owner, uid, version, UNTIL, Reason.VOLUME_EXPIRES);
    return line.kube().deleteVolume(stop, step);
  }

  private WriteResult delete(String zone, String uid, String version) {
    var step = new Step.DeletePod(member(zone).name(), uid, version, Reason.HEALING);
    return line.kube().deletePod(stop, line.ref(), step);
  }

  private WriteResult nudge(String zone, String uid) {
    var step = new Step.NudgePod(member(zone).name(), uid, "print", Reason.JOINING);
    return line.kube().nudgePod(stop, line.ref(), step);
  }

  private WriteResult stamp(String zone, VolumeView seen) {
    return line.kube()
        .stampVolume(
            stop,
            new Step.StampVolume(
                member(zone), seen.uid(), seen.resourceVersion(), "engine-1", Reason.CREATING));
  }

  private TenantSecret tenant() {
    return line.kube().readTenant(stop, line.ref()).known().flatMap(it -> it).orElseThrow();
  }

  private static TenantSecret secret(String content) {
    var files = new TreeMap<String, String>();
    files.put("ca.crt", content);
    return new TenantSecret(TENANT, Optional.empty(), files);
  }

  private static void done(WriteResult result) {
    assertThat(result).isInstanceOf(WriteResult.Done.class);
  }

  private static void refused(WriteResult result, Cause cause) {
    assertThat(result).isInstanceOf(WriteResult.Rejected.class);
    assertThat(((WriteResult.Rejected) result).cause()).isEqualTo(cause);
  }
}
