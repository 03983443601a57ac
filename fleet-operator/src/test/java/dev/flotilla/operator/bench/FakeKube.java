package dev.flotilla.operator.bench;

import dev.flotilla.operator.core.object.KeptObject;
import dev.flotilla.operator.core.retention.Retention;
import dev.flotilla.operator.core.status.OperationReport;
import dev.flotilla.operator.core.status.StatusReport;
import dev.flotilla.operator.core.step.PodDraft;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.PodView;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.core.view.VolumeView;
import dev.flotilla.operator.port.KubeApi;
import dev.flotilla.operator.port.MemberCertificate;
import dev.flotilla.operator.port.Mirrored;
import dev.flotilla.operator.port.Remains;
import dev.flotilla.operator.port.StopSignal;
import dev.flotilla.operator.port.TenantSecret;
import dev.flotilla.operator.port.WriteResult;
import dev.flotilla.topology.codec.Decoded;
import dev.flotilla.topology.codec.DrainRecordCodec;
import dev.flotilla.topology.codec.VolumeRecord;
import dev.flotilla.topology.codec.VolumeRecordCodec;
import dev.flotilla.topology.lifecycle.DrainRecord;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.Epoch;
import dev.flotilla.topology.model.MemberName;
import dev.flotilla.topology.model.MemberRecord;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// One operator's line to a [FakeCluster]: its writes, the faults that befall them, and its watch.
public final class FakeKube implements KubeApi {

  private final FakeCluster cluster;
  private final FakeWatch watch;
  private final InstantSource clock;
  private final List<String> writes = Collections.synchronizedList(new ArrayList<>());
  private final List<String> reads = Collections.synchronizedList(new ArrayList<>());
  private Fault fault = Fault.NONE;
  private Optional<String> silence = Optional.empty();
  private boolean dead;

  FakeKube(FakeCluster cluster, FakeWatch watch, InstantSource clock) {
    this.cluster = cluster;
    this.watch = watch;
    this.clock = clock;
  }

  void befall(Fault next) {
    fault = next;
  }

  /// @param why reads of members get no answer from now on; empty ends that
  void befallReads(Optional<String> why) {
    silence = why;
  }

  /// Every write that was tried, in order, as verb and object.
  List<String> writes() {
    return List.copyOf(writes);
  }

  /// Every consistent read, in order.
  List<String> reads() {
    return List.copyOf(reads);
  }

  @Override
  public Reading<Remains> readMembers(StopSignal stop, ClusterRef ref) {
    read(stop, "members " + ref);
    if (silence.isPresent()) {
      return new Reading.Unknown<>(silence.get());
    }
    var claims = cluster.claims(ref).stream().flatMap(claim -> record(claim));
    var pods = cluster.pods(ref).stream().map(pod -> pod.draft().member().provisioned());
    var byName = new TreeMap<MemberName, MemberRecord>();
    Stream.concat(pods, claims).forEach(member -> byName.put(member.name(), member));
    var drains = cluster.claims(ref).stream().flatMap(claim -> drain(claim)).toList();
    return new Reading.Known<>(new Remains(List.copyOf(byName.values()), drains), clock.instant());
  }

  private Stream<DrainRecord> drain(Thing.Claim claim) {
    return claim.note().map(DrainRecordCodec::decode).stream()
        .flatMap(decoded ->
            decoded instanceof Decoded.Valid(var drain) ? Stream.of(drain) : Stream.empty())
        .filter(drain -> record(claim).anyMatch(member -> member.name().equals(drain.member())));
  }

  private Stream<MemberRecord> record(Thing.Claim claim) {
    var uid = cluster.get(claim.key()).orElseThrow().uid();
    return VolumeRecordCodec.decode(claim.record()) instanceof Decoded.Valid(var value)
            && value.volumeUid().map(uid::equals).orElse(true)
            && value.member().volumeName().equals(claim.name())
        ? Stream.of(value.member())
        : Stream.empty();
  }

  @Override
  public Reading<Optional<TenantSecret>> readTenant(StopSignal stop, ClusterRef ref) {
    read(stop, "tenant " + ref);
    var secret =
        cluster.get(Thing.Secret.key(ref)).map(stored -> ((Thing.Secret) stored.thing()).content());
    return new Reading.Known<>(secret, clock.instant());
  }

  @Override
  public WriteResult createTenant(StopSignal stop, ClusterRef ref, TenantSecret secret) {
    return write(stop, "create", new Thing.Secret(ref, secret), cluster::create);
  }

  @Override
  public WriteResult recordFormation(StopSignal stop, ClusterRef ref, String engineUuid) {
    var key = Thing.Secret.key(ref);
    return write(
        stop,
        "update " + key,
        key,
        () ->
            cluster
                .get(key)
                .map(stored -> recordFormation(stored, (Thing.Secret) stored.thing(), engineUuid))
                .orElseGet(
                    () -> new WriteResult.Rejected(404, WriteResult.Cause.NOT_FOUND, "no " + key)));
  }

  private WriteResult recordFormation(Stored stored, Thing.Secret secret, String engineUuid) {
    var content = secret.content();
    if (content.formed().isPresent()) {
      var formed = content.formed().get();
      return formed.equals(engineUuid)
          ? new WriteResult.Done()
          : new WriteResult.Rejected(409, WriteResult.Cause.CHANGED, "formed as " + formed);
    }
    var now = new TenantSecret(content.tenant(), Optional.of(engineUuid), content.files());
    return cluster.update(
        secret.key(),
        stored.uid(),
        stored.resourceVersion(),
        thing -> new Thing.Secret(secret.cluster(), now));
  }

  @Override
  public WriteResult applyCertificate(
      StopSignal stop, MemberRecord member, MemberCertificate leaf) {
    var thing = new Thing.Leaf(member.cluster(), member.name(), leaf.expires());
    return write(stop, "apply", thing, cluster::apply);
  }

  @Override
  public WriteResult apply(StopSignal stop, ClusterRef ref, KeptObject object) {
    var thing =
        object instanceof KeptObject.Pool pool
            ? new Thing.Pool(ref, pool.pool(), pool.instances(), Optional.empty())
            : new Thing.Kept(ref, object);
    return write(stop, "apply", thing, cluster::apply);
  }

  @Override
  public WriteResult createVolume(StopSignal stop, Step.CreateVolume volume) {
    var member = volume.member();
    var record = VolumeRecordCodec.encode(VolumeRecord.fresh(member.provisioned()));
    var claim =
        new Thing.Claim(
            member.cluster(),
            member.volumeName(),
            record,
            Optional.empty(),
            Retention.UNSAID,
            volume.storageClass(),
            volume.size(),
            VolumeView.Phase.PENDING,
            false,
            Optional.empty());
    return write(stop, "create", claim, thing -> unlessThere(claim, this::isSame));
  }

  @Override
  public WriteResult createPod(StopSignal stop, PodDraft pod) {
    var fresh = Thing.Pod.fresh(pod, clock.instant());
    return write(stop, "create", fresh, thing -> unlessThere(fresh, FakeKube::isSame));
  }

  /// Creates it; if the very same is there from an attempt whose answer was lost, that is as good.
  private <T extends Thing> WriteResult unlessThere(T wanted, BiPredicate<Stored, T> isSame) {
    var result = cluster.create(wanted);
    boolean conflict =
        result instanceof WriteResult.Rejected(var code, var cause, var message)
            && cause == WriteResult.Cause.ALREADY_EXISTS;
    return conflict && cluster.get(wanted.key()).filter(it -> isSame.test(it, wanted)).isPresent()
        ? new WriteResult.Done()
        : result;
  }

  private boolean isSame(Stored found, Thing.Claim wanted) {
    return found.thing() instanceof Thing.Claim claim
        && !claim.terminating()
        && record(claim).findFirst().equals(record(wanted.record()));
  }

  private static Optional<MemberRecord> record(String text) {
    return VolumeRecordCodec.decode(text) instanceof Decoded.Valid(var value)
        ? Optional.of(value.member())
        : Optional.empty();
  }

  private static boolean isSame(Stored found, Thing.Pod wanted) {
    return found.thing() instanceof Thing.Pod pod
        && !pod.terminating()
        && pod.draft().member().provisioned().equals(wanted.draft().member().provisioned())
        && pod.draft().poolUid().equals(wanted.draft().poolUid());
  }

  @Override
  public WriteResult nudgePod(StopSignal stop, ClusterRef ref, Step.NudgePod nudge) {
    var key = Thing.Pod.key(ref, nudge.member());
    return write(
        stop,
        "update " + key,
        key,
        () ->
            cluster.update(
                key,
                nudge.uid(),
                cluster.get(key).map(Stored::resourceVersion).orElse(""),
                thing -> ((Thing.Pod) thing).nudged(nudge.fingerprint())));
  }

  @Override
  public WriteResult deletePod(StopSignal stop, ClusterRef ref, Step.DeletePod pod) {
    var key = Thing.Pod.key(ref, pod.member());
    return write(
        stop,
        "delete " + key,
        key,
        () -> {
          boolean bodiless =
              cluster
                  .get(key)
                  .map(stored -> (Thing.Pod) stored.thing())
                  .filter(body -> body.node().isEmpty() || body.phase() == PodView.Phase.FAILED)
                  .isPresent();
          var result =
              cluster.update(
                  key, pod.uid(), pod.resourceVersion(), thing -> ((Thing.Pod) thing).ending());
          if (bodiless && result instanceof WriteResult.Done) {
            cluster.remove(key); // nothing of it runs: nobody has to confirm its end
          }
          return result;
        });
  }

  @Override
  public WriteResult stampVolume(StopSignal stop, Step.StampVolume stamp) {
    var record =
        VolumeRecordCodec.encode(
            VolumeRecord.fresh(stamp.member().provisioned())
                .stamped(stamp.uid(), stamp.engineUuid()));
    return update(
        stop, stamp.member(), stamp.uid(), stamp.resourceVersion(), it -> it.saying(record));
  }

  @Override
  public WriteResult noteDrain(StopSignal stop, Step.NoteDrain note) {
    var text = note.drain().map(DrainRecordCodec::encode);
    return update(stop, note.member(), note.uid(), note.resourceVersion(), it -> it.noting(text));
  }

  @Override
  public WriteResult growVolume(StopSignal stop, Step.GrowVolume growth) {
    return update(
        stop,
        growth.member(),
        growth.uid(),
        growth.resourceVersion(),
        it -> it.grown(growth.size()));
  }

  @Override
  public WriteResult retainVolume(StopSignal stop, Step.RetainVolume retained) {
    return update(
        stop,
        retained.member(),
        retained.uid(),
        retained.resourceVersion(),
        it -> it.kept(it.retention().marked(retained.until())));
  }

  @Override
  public WriteResult deleteVolume(StopSignal stop, Step.DeleteVolume volume) {
    var member = volume.member();
    var key = Thing.Claim.key(member.cluster(), member.volumeName());
    return write(
        stop,
        "delete " + key,
        key,
        () -> {
          var owner =
              cluster
                  .get(Thing.Resource.key(member.cluster()))
                  .map(it -> ((Thing.Resource) it.thing()).content().uid());
          if (!owner.equals(volume.owner())
              || cluster.get(Thing.Pod.key(member.cluster(), member.name())).isPresent()) {
            return new WriteResult.Rejected(409, WriteResult.Cause.CHANGED, "it is used");
          }
          var result = cluster.update(key, volume.uid(), volume.resourceVersion(), thing -> thing);
          if (result instanceof WriteResult.Done) {
            cluster.remove(key);
          }
          return result;
        });
  }

  /// Changes a member's volume claim if it is still the one that was seen.
  private WriteResult update(
      StopSignal stop,
      MemberRecord member,
      String uid,
      String resourceVersion,
      UnaryOperator<Thing.Claim> change) {
    var key = Thing.Claim.key(member.cluster(), member.volumeName());
    return write(
        stop,
        "update " + key,
        key,
        () ->
            cluster.update(key, uid, resourceVersion, thing -> change.apply((Thing.Claim) thing)));
  }

  @Override
  public WriteResult writeStatus(StopSignal stop, ClusterRef ref, StatusReport report) {
    var status = new Thing.Status(ref, report);
    return watch.status(ref).filter(report::equals).isPresent()
        ? new WriteResult.Done()
        : write(stop, "apply", status, cluster::apply);
  }

  @Override
  public WriteResult writeOperation(StopSignal stop, ClusterRef ref, OperationReport report) {
    var key = Thing.Operation.key(ref, report.name());
    var seen = watch.operation(key);
    return seen.flatMap(Thing.Operation::report).filter(report::equals).isPresent()
        ? new WriteResult.Done()
        : write(
            stop,
            "apply " + key,
            key,
            () ->
                cluster.update(
                    key,
                    report.uid(),
                    cluster.get(key).map(Stored::resourceVersion).orElse(""),
                    thing -> ((Thing.Operation) thing).saying(report)));
  }

  @Override
  public Reading<Epoch> takeOver(StopSignal stop) {
    read(stop, "epoch");
    long next =
        1
            + cluster
                .get(Thing.Epoch.KEY)
                .map(stored -> ((Thing.Epoch) stored.thing()).value())
                .orElse(0L);
    return switch (write(
        stop, "apply", new Thing.Epoch(next, "", false, Optional.empty()), cluster::apply)) {
      case WriteResult.Done done -> new Reading.Known<>(new Epoch(next), clock.instant());
      case WriteResult failed -> new Reading.Unknown<>("the epoch was not raised: " + failed);
    };
  }

  @Override
  public Reading<Mirrored> mirror(StopSignal stop, Epoch epoch, String holder) {
    read(stop, "epoch");
    var shown = epoch();
    boolean ours = shown.value() == epoch.value() && shown.holder().equals(holder);
    if (shown.halted() || (!ours && shown.value() >= epoch.value())) {
      if (!shown.halted()) {
        var _ = write(stop, "apply", shown.halts(), cluster::apply);
      }
      return known(
          new Mirrored.Halted(
              "epoch %d has acted already".formatted(shown.value()), shown.trusted()));
    }
    var next = new Thing.Epoch(epoch.value(), holder, false, Optional.empty());
    return ours || write(stop, "apply", next, cluster::apply) instanceof WriteResult.Done
        ? known(new Mirrored.Shown())
        : new Reading.Unknown<>("the epoch was not shown");
  }

  @Override
  public Reading<Boolean> shows(StopSignal stop, Epoch epoch, String holder) {
    read(stop, "epoch");
    return known(epoch().value() == epoch.value() && epoch().holder().equals(holder));
  }

  @Override
  public WriteResult resume(StopSignal stop) {
    return epoch().trusted().isPresent()
        ? write(stop, "apply", Thing.Epoch.NONE, cluster::apply)
        : new WriteResult.RetryAfter(Duration.ZERO, "nobody has said yet what counts");
  }

  private Thing.Epoch epoch() {
    return cluster
        .get(Thing.Epoch.KEY)
        .map(stored -> (Thing.Epoch) stored.thing())
        .orElse(Thing.Epoch.NONE);
  }

  private <T> Reading<T> known(T value) {
    return new Reading.Known<>(value, clock.instant());
  }

  private void read(StopSignal stop, String what) {
    stop.throwIfStopped();
    dieAgain(what);
    reads.add(what);
  }

  private WriteResult write(
      StopSignal stop, String verb, Thing thing, Function<Thing, WriteResult> act) {
    return write(stop, verb + " " + thing.key(), thing.key(), () -> act.apply(thing));
  }

  private WriteResult write(StopSignal stop, String what, String key, Supplier<WriteResult> act) {
    stop.throwIfStopped();
    dieAgain(what);
    writes.add(what);
    return switch (fault.of(writes.size(), what)) {
      case CARRIED_OUT -> {
        var result = act.get();
        if (result instanceof WriteResult.Done) {
          watch.showOwn(key);
        }
        yield result;
      }
      case ANSWER_LOST -> {
        act.get();
        yield new WriteResult.Unconfirmed("the answer to %s was lost".formatted(what));
      }
      case REQUEST_LOST -> new WriteResult.Unconfirmed("no answer to %s".formatted(what));
      case DIES_BEFORE -> throw die(what);
      case DIES_AFTER -> {
        act.get();
        throw die(what);
      }
    };
  }

  private Fault.Death die(String what) {
    dead = true;
    return new Fault.Death(what);
  }

  private void dieAgain(String what) {
    if (dead) {
      throw new Fault.Death(what);
    }
  }
}
