package dev.flotilla.operator.core.plan;

import dev.flotilla.operator.core.object.KeptObject;
import dev.flotilla.operator.core.object.Standing;
import dev.flotilla.operator.core.retention.Retention;
import dev.flotilla.operator.core.step.PodDraft;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.ClusterView;
import dev.flotilla.operator.core.view.MemberView;
import dev.flotilla.operator.core.view.PodView;
import dev.flotilla.operator.core.view.PoolView;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.core.view.Request;
import dev.flotilla.operator.core.view.TenantView;
import dev.flotilla.operator.core.view.VolumeView;
import dev.flotilla.topology.codec.Decoded;
import dev.flotilla.topology.codec.DrainRecordCodec;
import dev.flotilla.topology.codec.VolumeRecord;
import dev.flotilla.topology.lifecycle.DrainRecord;
import dev.flotilla.topology.lifecycle.Stage;
import dev.flotilla.topology.model.MemberName;
import dev.flotilla.topology.model.MemberRecord;
import dev.flotilla.topology.model.PoolName;
import dev.flotilla.topology.model.Revision;
import dev.flotilla.topology.model.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/// The world of one view as it is right after steps have succeeded, before anybody else has reacted
/// to them. What only Kubernetes can give, such as a uid, has a placeholder.
///
/// @param start what steps do not touch
record Imagined(
    ClusterView start,
    Revision revision,
    Reading<Optional<TenantView>> tenant,
    SortedMap<MemberName, MemberView> members,
    SortedMap<PoolName, PoolView> pools,
    Standing standing,
    ImaginedDrains drains) {

  private static final String GIVEN_LATER = "given-by-kubernetes";
  private static final Duration CERTIFICATE = Duration.ofDays(365);

  /// The world as it is.
  static Imagined of(ClusterView view) {
    var members = new TreeMap<MemberName, MemberView>();
    view.members().forEach(member -> members.put(member.name(), member));
    return new Imagined(
        view,
        view.revision(),
        view.tenant(),
        members,
        view.pools(),
        view.standing(),
        ImaginedDrains.of(view));
  }

  /// The world as a view.
  ClusterView view() {
    return new ClusterView(
        start.identity(),
        start.spec(),
        start.authority(),
        start.fresh(),
        revision,
        tenant,
        List.copyOf(members.values()),
        drains.gone(),
        drains.kept(),
        start.strays(),
        pools,
        start.terrain(),
        start.engine(),
        drains.drainage(),
        start.requests().stream().map(this::served).toList(),
        start.fleet(),
        standing,
        start.blueprint());
  }

  /// A request's members that have gone meanwhile went because of it.
  private Request served(Request request) {
    var removed = new TreeSet<>(request.removed());
    start.members().stream()
        .map(MemberView::name)
        .filter(name -> request.order().members().contains(name.value()))
        .filter(name -> !members.containsKey(name))
        .forEach(name -> removed.add(name.value()));
    return request.with(removed, request.gone());
  }

  /// The world once the step has succeeded.
  Imagined after(Step step) {
    return switch (step) {
      case Step.FoundTenant found ->
          with(new TenantView(new TenantId(start.identity().uid()), Optional.empty()));
      case Step.RecordFormation formed ->
          tenant
              .known()
              .flatMap(it -> it)
              .map(it -> with(new TenantView(it.id(), Optional.of(formed.engineUuid()))))
              .orElse(this);
      case Step.Commit commit -> recorded(commit.members()).drained(commit.drains());
      case Step.NoteDrain note ->
          volume(note.member().name(), it -> it.map(volume -> noted(volume, note.drain())));
      case Step.Mark mark -> with(drains.marked(mark.drain().member()));
      case Step.Release release ->
          with(drains.released(release.drain())).drained(List.of(release.drain().released()));
      case Step.GiveUp giveUp -> drained(List.of(giveUp.drain().givenUp()));
      case Step.Apply apply -> applied(apply.object());
      case Step.IssueCertificate issue -> certified(issue.member().name());
      case Step.CreateVolume create ->
          volume(create.member().name(), it -> Optional.of(fresh(create)));
      case Step.GrowVolume grow ->
          volume(grow.member().name(), it -> it.map(volume -> grown(volume, grow.size())));
      case Step.RetainVolume retain ->
          with(drains.keptAs(
                  retain.member().name(), it -> Optional.of(retained(it, retain.until()))))
              .volume(
                  retain.member().name(), it -> it.map(volume -> retained(volume, retain.until())));
      case Step.DeleteVolume delete ->
          with(drains.keptAs(delete.member().name(), it -> Optional.empty()));
      case Step.StampVolume stamp ->
          volume(stamp.member().name(), it -> it.map(volume -> stamped(volume, stamp)));
      case Step.CreatePod create ->
          pod(create.pod().member().name(), it -> Optional.of(fresh(create.pod(), start.now())));
      case Step.NudgePod nudge ->
          pod(nudge.member(), it -> it.map(pod -> nudged(pod, nudge.fingerprint())));
      case Step.DeletePod delete -> pod(delete.member(), it -> it.flatMap(Imagined::deleted));
      case Step.RestartPod restart -> pod(restart.member(), it -> it.flatMap(Imagined::deleted));
    };
  }

  private Imagined with(TenantView now) {
    var known = new Reading.Known<>(Optional.of(now), start.now());
    return new Imagined(start, revision, known, members, pools, standing, drains);
  }

  private Imagined with(ImaginedDrains now) {
    return new Imagined(start, revision, tenant, members, pools, standing, now);
  }

  private Imagined drained(List<DrainRecord> records) {
    var now = new TreeMap<>(members);
    var gone = drains;
    for (DrainRecord drain : records) {
      var member = members.get(drain.member());
      if (member != null && drain.stage() == Stage.REMOVED) {
        now.remove(drain.member());
        gone = gone.without(member, drain);
      } else if (member != null) {
        now.put(
            drain.member(),
            new MemberView(
                member.record(),
                Optional.of(drain),
                member.volume(),
                member.pod(),
                member.certificateExpires()));
      }
    }
    return new Imagined(start, revision.next(), tenant, now, pools, standing, gone);
  }

  private Imagined recorded(List<MemberRecord> records) {
    var now = new TreeMap<>(members);
    for (MemberRecord record : records) {
      var before = Optional.ofNullable(members.get(record.name()));
      now.put(
          record.name(),
          new MemberView(
              record,
              before.flatMap(MemberView::drain),
              before.flatMap(MemberView::volume),
              before.flatMap(MemberView::pod),
              before.flatMap(MemberView::certificateExpires)));
    }
    return new Imagined(start, revision.next(), tenant, now, pools, standing, drains);
  }

  private Imagined applied(KeptObject object) {
    if (object instanceof KeptObject.Pool pool) {
      var now = new TreeMap<>(pools);
      var uid = Optional.ofNullable(pools.get(pool.pool())).map(PoolView::uid);
      now.put(
          pool.pool(),
          new PoolView(pool.pool(), uid.orElse(GIVEN_LATER), pool.instances(), Optional.empty()));
      return new Imagined(start, revision, tenant, members, now, standing, drains);
    }
    return new Imagined(start, revision, tenant, members, pools, standing.with(object), drains);
  }

  private Imagined certified(MemberName name) {
    return change(
        name,
        it ->
            new MemberView(
                it.record(),
                it.drain(),
                it.volume(),
                it.pod(),
                Optional.of(start.now().plus(CERTIFICATE))));
  }

  private Imagined volume(MemberName name, UnaryOperator<Optional<VolumeView>> change) {
    return change(
        name,
        it ->
            new MemberView(
                it.record(),
                it.drain(),
                change.apply(it.volume()),
                it.pod(),
                it.certificateExpires()));
  }

  private Imagined pod(MemberName name, UnaryOperator<Optional<PodView>> change) {
    return change(
        name,
        it ->
            new MemberView(
                it.record(),
                it.drain(),
                it.volume(),
                change.apply(it.pod()),
                it.certificateExpires()));
  }

  private Imagined change(MemberName name, UnaryOperator<MemberView> change) {
    var now = new TreeMap<>(members);
    now.computeIfPresent(name, (key, member) -> change.apply(member));
    return new Imagined(start, revision, tenant, now, pools, standing, drains);
  }

  private static VolumeView fresh(Step.CreateVolume create) {
    var member = create.member();
    return new VolumeView(
        member.volumeName(),
        GIVEN_LATER,
        GIVEN_LATER,
        VolumeView.Phase.PENDING,
        false,
        new Decoded.Valid<>(VolumeRecord.fresh(member.provisioned())),
        Optional.empty(),
        Retention.UNSAID,
        Optional.empty(),
        Optional.empty(),
        new VolumeView.Asked(create.size(), Optional.of(create.storageClass())),
        Optional.empty());
  }

  private static VolumeView retained(VolumeView volume, Optional<Instant> until) {
    return new VolumeView(
        volume.name(),
        volume.uid(),
        GIVEN_LATER,
        volume.phase(),
        volume.terminating(),
        volume.record(),
        volume.note(),
        volume.retention().marked(until),
        volume.zone(),
        volume.node(),
        volume.asked(),
        volume.capacity());
  }

  private static VolumeView grown(VolumeView volume, String size) {
    var asked = new VolumeView.Asked(size, volume.asked().storageClass());
    return changed(volume, volume.record(), volume.note(), asked);
  }

  private static VolumeView stamped(VolumeView volume, Step.StampVolume stamp) {
    var record = VolumeRecord.fresh(stamp.member()).stamped(stamp.uid(), stamp.engineUuid());
    return changed(volume, new Decoded.Valid<>(record), volume.note(), volume.asked());
  }

  private static VolumeView noted(VolumeView volume, Optional<DrainRecord> drain) {
    return changed(volume, volume.record(), drain.map(DrainRecordCodec::encode), volume.asked());
  }

  private static VolumeView changed(
      VolumeView volume,
      Decoded<VolumeRecord> record,
      Optional<String> note,
      VolumeView.Asked asked) {
    return new VolumeView(
        volume.name(),
        volume.uid(),
        GIVEN_LATER,
        volume.phase(),
        volume.terminating(),
        record,
        note,
        volume.retention(),
        volume.zone(),
        volume.node(),
        asked,
        volume.capacity());
  }

  private static PodView fresh(PodDraft draft, Instant now) {
    return new PodView(
        GIVEN_LATER,
        GIVEN_LATER,
        now,
        PodView.Phase.PENDING,
        false,
        false,
        false,
        Optional.empty(),
        Optional.empty(),
        draft.template().revision(),
        Optional.empty(),
        Optional.empty());
  }

  private static PodView nudged(PodView pod, String fingerprint) {
    return changed(pod, pod.terminating(), Optional.of(fingerprint));
  }

  /// One that runs on no node goes at once; the name of any other is free only when its kubelet has
  /// seen its end.
  private static Optional<PodView> deleted(PodView pod) {
    return pod.node().isEmpty() || pod.isOver()
        ? Optional.empty()
        : Optional.of(changed(pod, true, pod.nudge()));
  }

  private static PodView changed(PodView pod, boolean terminating, Optional<String> nudge) {
    return new PodView(
        pod.uid(),
        GIVEN_LATER,
        pod.created(),
        pod.phase(),
        pod.ready(),
        pod.running(),
        terminating,
        pod.node(),
        pod.ip(),
        pod.revision(),
        nudge,
        pod.trouble());
  }
}
