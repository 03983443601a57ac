package dev.flotilla.operator.kube;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.flotilla.crds.v1alpha1.RawCluster;
import dev.flotilla.crds.v1alpha1.RawPool;
import dev.flotilla.crds.v1alpha1.operation.RawOperation;
import dev.flotilla.operator.core.object.KeptObject;
import dev.flotilla.operator.core.status.OperationReport;
import dev.flotilla.operator.core.status.StatusReport;
import dev.flotilla.operator.core.step.PodDraft;
import dev.flotilla.operator.core.step.Step;
import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.kube.read.ClaimReader;
import dev.flotilla.operator.kube.read.MemberRecords;
import dev.flotilla.operator.kube.read.PoolReader.PoolFacts;
import dev.flotilla.operator.kube.read.SecretReader;
import dev.flotilla.operator.kube.render.Claims;
import dev.flotilla.operator.kube.render.KeptObjects;
import dev.flotilla.operator.kube.render.Labels;
import dev.flotilla.operator.kube.render.OperationStatuses;
import dev.flotilla.operator.kube.render.Pods;
import dev.flotilla.operator.kube.render.Secrets;
import dev.flotilla.operator.kube.render.Statuses;
import dev.flotilla.operator.kube.render.WholeParts;
import dev.flotilla.operator.port.EngineProfile;
import dev.flotilla.operator.port.KubeApi;
import dev.flotilla.operator.port.MemberCertificate;
import dev.flotilla.operator.port.Mirrored;
import dev.flotilla.operator.port.Remains;
import dev.flotilla.operator.port.StopSignal;
import dev.flotilla.operator.port.TenantSecret;
import dev.flotilla.operator.port.WriteResult;
import dev.flotilla.operator.port.WriteResult.Cause;
import dev.flotilla.topology.codec.DrainRecordCodec;
import dev.flotilla.topology.codec.VolumeRecord;
import dev.flotilla.topology.codec.VolumeRecordCodec;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.Epoch;
import dev.flotilla.topology.model.MemberRecord;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// [KubeApi] by fabric8.
public final class Fabric8KubeApi implements KubeApi {

  private static final Duration SOON = Duration.ofSeconds(1);

  private final ApiServer api;
  private final Sight sight;
  private final EngineProfile profile;
  private final StoreMark mark;
  private final InstantSource clock;

  /// @param client made by [KubeClients], so that nothing is sent twice
  /// @param namespace the operator's own
  public Fabric8KubeApi(
      KubernetesClient client,
      Sight sight,
      EngineProfile profile,
      String namespace,
      InstantSource clock) {
    this.sight = sight;
    this.profile = profile;
    this.clock = clock;
    this.api = new ApiServer(client, sight, clock);
    this.mark = new StoreMark(new StoreMap(api, namespace), clock);
  }

  @Override
  public Reading<Remains> readMembers(StopSignal stop, ClusterRef cluster) {
    var labels = Map.of(Labels.CLUSTER, cluster.name());
    var namespace = cluster.namespace();
    return api.list(stop, PersistentVolumeClaim.class, namespace, labels)
        .then(claims ->
            api.list(stop, Pod.class, namespace, labels)
                .then(pods -> known(MemberRecords.of(cluster, claims, pods))));
  }

  @Override
  public Reading<Optional<TenantSecret>> readTenant(StopSignal stop, ClusterRef cluster) {
    return secret(stop, cluster)
        .then(found ->
            found.isEmpty()
                ? known(Optional.empty())
                : SecretReader.tenant(found.get())
                    .<Reading<Optional<TenantSecret>>>map(tenant -> known(Optional.of(tenant)))
                    .orElseGet(() -> new Reading.Unknown<>(unreadable(cluster))));
  }

  @Override
  public WriteResult createTenant(StopSignal stop, ClusterRef cluster, TenantSecret secret) {
    return api.create(stop, Secrets.tenant(cluster, secret));
  }

  @Override
  public WriteResult recordFormation(StopSignal stop, ClusterRef cluster, String engineUuid) {
    return switch (secret(stop, cluster)) {
      case Reading.Unknown<Optional<Secret>>(var why) -> new WriteResult.RetryAfter(SOON, why);
      case Reading.Known<Optional<Secret>>(var found, var at) ->
          found
              .map(secret -> recordFormation(stop, cluster, secret, engineUuid))
              .orElseGet(() -> absent("Secret " + Labels.tenantName(cluster)));
    };
  }

  private WriteResult recordFormation(
      StopSignal stop, ClusterRef cluster, Secret secret, String engineUuid) {
    var formed = SecretReader.tenant(secret).flatMap(TenantSecret::formed);
    if (formed.isPresent()) {
      return formed.get().equals(engineUuid)
          ? new WriteResult.Done()
          : changed(
              "Secret %s says that the engine was formed as %s"
                  .formatted(Labels.tenantName(cluster), formed.get()));
    }
    return api.merge(stop, secret, annotations(Map.of(Labels.ENGINE, engineUuid)));
  }

  @Override
  public WriteResult applyCertificate(
      StopSignal stop, MemberRecord member, MemberCertificate leaf) {
    return Optional.ofNullable(sight.poolFacts(member.cluster()).get(member.pool()))
        .map(pool ->
            keep(stop, member.cluster(), Secrets.certificate(member, pool.view().uid(), leaf)))
        .orElseGet(() ->
            new WriteResult.RetryAfter(
                SOON, "the pool %s is not there yet".formatted(member.pool())));
  }

  @Override
  public WriteResult apply(StopSignal stop, ClusterRef cluster, KeptObject object) {
    return sight
        .uid(cluster)
        .map(uid -> {
          var wanted = new KeptObjects(cluster, uid, profile).render(object);
          return object instanceof KeptObject.Config
              ? api.apply(stop, wanted)
              : keep(stop, cluster, wanted);
        })
        .orElseGet(() -> absent("DatabaseCluster " + cluster));
  }

  /// Creates what has not been seen yet, and applies what has: a create costs the API server about
  /// half of what an apply does.
  ///
  /// Not for objects that may lose a field later: what was created with it keeps it, because an
  /// apply takes away only what an apply has set.
  ///
  /// Source: docs/adr/0021-what-is-absent-is-created.md
  private WriteResult keep(StopSignal stop, ClusterRef cluster, HasMetadata wanted) {
    if (sight.shows(cluster, wanted)) {
      return putBack(stop, wanted);
    }
    var created = api.create(stop, wanted);
    return isTaken(created) ? putBack(stop, wanted) : created;
  }

  private WriteResult putBack(StopSignal stop, HasMetadata wanted) {
    var parts = WholeParts.patch(wanted);
    var patched = parts.isEmpty() ? new WriteResult.Done() : api.patch(stop, wanted, parts);
    return patched instanceof WriteResult.Done ? api.apply(stop, wanted) : patched;
  }

  private static boolean isTaken(WriteResult result) {
    return result instanceof WriteResult.Rejected(var code, var cause, var message)
        && cause == Cause.ALREADY_EXISTS;
  }

  @Override
  public WriteResult createVolume(StopSignal stop, Step.CreateVolume volume) {
    return unlessThere(
        stop, Claims.render(volume), PersistentVolumeClaim.class, found -> isOurs(volume, found));
  }

  private static boolean isOurs(Step.CreateVolume volume, PersistentVolumeClaim found) {
    var view = ClaimReader.read(found).view(Optional.empty(), List.of());
    return !view.terminating()
        && view.trusted()
            .filter(record -> record.member().equals(volume.member().provisioned()))
            .isPresent();
  }

  @Override
  public WriteResult createPod(StopSignal stop, PodDraft pod) {
    var wanted = Pods.render(pod, profile.container(pod));
    return unlessThere(stop, wanted, Pod.class, found -> isOurs(wanted, found));
  }

  private static boolean isOurs(Pod wanted, Pod found) {
    return found.getMetadata().getDeletionTimestamp() == null
        && record(found).isPresent()
        && record(found).equals(record(wanted))
        && owners(found).equals(owners(wanted));
  }

  private static Optional<String> record(Pod pod) {
    return Optional.ofNullable(pod.getMetadata().getAnnotations())
        .map(annotations -> annotations.get(Labels.MEMBER_RECORD));
  }

  private static List<String> owners(Pod pod) {
    return pod.getMetadata().getOwnerReferences().stream().map(OwnerReference::getUid).toList();
  }

  /// Creates an object. If one of its name exists and is the very same, made by an attempt whose
  /// answer was lost, that counts as done.
  private <T extends HasMetadata> WriteResult unlessThere(
      StopSignal stop, T wanted, Class<T> type, Function<T, Boolean> isOurs) {
    var result = api.create(stop, wanted);
    if (!isTaken(result)) {
      return result;
    }
    var meta = wanted.getMetadata();
    return switch (api.get(stop, type, meta.getNamespace(), meta.getName())) {
      case Reading.Unknown<Optional<T>>(var why) -> new WriteResult.Unconfirmed(why);
      case Reading.Known<Optional<T>>(var found, var at) -> {
        found.ifPresent(sight::written);
        yield found.filter(isOurs::apply).isPresent() ? new WriteResult.Done() : result;
      }
    };
  }

  @Override
  public WriteResult deletePod(StopSignal stop, ClusterRef cluster, Step.DeletePod pod) {
    return api.deletePod(
        stop, cluster.namespace(), pod.member().value(), pod.uid(), pod.resourceVersion());
  }

  @Override
  public WriteResult nudgePod(StopSignal stop, ClusterRef cluster, Step.NudgePod nudge) {
    var pod = new Pod();
    pod.setMetadata(metadata(cluster, nudge.member().value(), nudge.uid()));
    return api.merge(stop, pod, annotations(Map.of(Labels.SEEN_SEEDS, nudge.fingerprint())));
  }

  @Override
  public WriteResult stampVolume(StopSignal stop, Step.StampVolume stamp) {
    var member = stamp.member();
    var record = VolumeRecord.fresh(member).stamped(stamp.uid(), stamp.engineUuid());
    return api.merge(
        stop,
        claim(member, stamp.uid(), stamp.resourceVersion()),
        annotations(Map.of(Labels.VOLUME_RECORD, VolumeRecordCodec.encode(record))));
  }

  @Override
  public WriteResult noteDrain(StopSignal stop, Step.NoteDrain note) {
    // A null in a merge patch takes the annotation away.
    Object text =
        note.drain().<Object>map(DrainRecordCodec::encode).orElseGet(NullNode::getInstance);
    return api.merge(
        stop,
        claim(note.member(), note.uid(), note.resourceVersion()),
        Map.of("metadata", Map.of("annotations", Map.of(Labels.DRAIN, text))));
  }

  @Override
  public WriteResult growVolume(StopSignal stop, Step.GrowVolume growth) {
    var more = Map.of("resources", Map.of("requests", Map.of("storage", growth.size())));
    return api.merge(
        stop, claim(growth.member(), growth.uid(), growth.resourceVersion()), Map.of("spec", more));
  }

  @Override
  public WriteResult retainVolume(StopSignal stop, Step.RetainVolume retained) {
    Object text = retained.until().<Object>map(Instant::toString).orElseGet(NullNode::getInstance);
    return api.merge(
        stop,
        claim(retained.member(), retained.uid(), retained.resourceVersion()),
        Map.of("metadata", Map.of("annotations", Map.of(Labels.RETAINED_UNTIL, text))));
  }

  @Override
  public WriteResult deleteVolume(StopSignal stop, Step.DeleteVolume volume) {
    var member = volume.member();
    var namespace = member.cluster().namespace();
    var used =
        api.get(stop, RawCluster.class, namespace, member.cluster().name())
            .then(database ->
                api.get(stop, Pod.class, namespace, member.name().value())
                    .then(pod -> known(use(volume, database, pod))));
    return switch (used) {
      case Reading.Unknown<Optional<String>>(var why) -> new WriteResult.RetryAfter(SOON, why);
      case Reading.Known<Optional<String>>(var use, var at) when use.isPresent() ->
          changed(use.get());
      case Reading.Known<Optional<String>> free ->
          api.delete(
              stop,
              "persistentvolumeclaims",
              new ApiServer.Deleted(
                  namespace, member.volumeName(), volume.uid(), volume.resourceVersion()));
    };
  }

  /// Who may still need it.
  private static Optional<String> use(
      Step.DeleteVolume volume, Optional<RawCluster> database, Optional<Pod> pod) {
    if (!database.map(it -> it.getMetadata().getUid()).equals(volume.owner())) {
      return Optional.of("the database %s is another one".formatted(volume.member().cluster()));
    }
    return pod.map(it -> "pod %s exists".formatted(it.getMetadata().getName()));
  }

  /// A claim at the version that was seen, with nothing in it.
  private static PersistentVolumeClaim claim(
      MemberRecord member, String uid, String resourceVersion) {
    var claim = new PersistentVolumeClaim();
    claim.setMetadata(metadata(member.cluster(), member.volumeName(), uid));
    claim.getMetadata().setResourceVersion(resourceVersion);
    return claim;
  }

  @Override
  public WriteResult writeStatus(StopSignal stop, ClusterRef cluster, StatusReport report) {
    var uid = sight.uid(cluster);
    if (uid.isEmpty()) {
      return absent("DatabaseCluster " + cluster);
    }
    var statuses = new Statuses(cluster, profile.clientPort());
    var before = sight.status(cluster);
    var wanted = statuses.cluster(report, before, clock.instant());
    if (before.filter(old -> Statuses.same(old, wanted)).isEmpty()) {
      var object = new RawCluster();
      object.setMetadata(metadata(cluster, cluster.name(), uid.get()));
      object.setStatus(wanted);
      var result =
          sight.isSound(cluster)
              ? api.applyStatus(stop, object)
              : api.mergeStatus(stop, object, wanted);
      if (!(result instanceof WriteResult.Done)) {
        return result;
      }
    }
    return writePools(stop, cluster, statuses, report);
  }

  private WriteResult writePools(
      StopSignal stop, ClusterRef cluster, Statuses statuses, StatusReport report) {
    var seen = sight.poolFacts(cluster);
    for (StatusReport.Pool pool : report.pools()) {
      var facts = seen.get(pool.name());
      if (facts != null) {
        var result = writePool(stop, cluster, facts, statuses, report, pool);
        if (!(result instanceof WriteResult.Done)) {
          return result;
        }
      }
    }
    return new WriteResult.Done();
  }

  private WriteResult writePool(
      StopSignal stop,
      ClusterRef cluster,
      PoolFacts facts,
      Statuses statuses,
      StatusReport report,
      StatusReport.Pool pool) {
    var wanted = statuses.pool(pool, report, facts.generation());
    if (facts.status().equals(Optional.of(wanted))) {
      return new WriteResult.Done();
    }
    var object = new RawPool();
    object.setMetadata(
        metadata(cluster, Labels.poolName(cluster, pool.name()), facts.view().uid()));
    object.setStatus(wanted);
    return api.applyStatus(stop, object);
  }

  @Override
  public WriteResult writeOperation(StopSignal stop, ClusterRef cluster, OperationReport report) {
    var before = sight.operationStatus(cluster, report.name());
    return OperationStatuses.next(report, before, clock.instant())
        .map(status -> {
          var object = new RawOperation();
          object.setMetadata(metadata(cluster, report.name(), report.uid()));
          object.setStatus(status);
          return api.applyStatus(stop, object);
        })
        .orElseGet(WriteResult.Done::new);
  }

  @Override
  public Reading<Epoch> takeOver(StopSignal stop) {
    return mark.raise(stop);
  }

  @Override
  public Reading<Mirrored> mirror(StopSignal stop, Epoch epoch, String holder) {
    return mark.mirror(stop, epoch, holder);
  }

  @Override
  public Reading<Boolean> shows(StopSignal stop, Epoch epoch, String holder) {
    return mark.shows(stop, epoch, holder);
  }

  @Override
  public WriteResult resume(StopSignal stop) {
    return mark.resume(stop);
  }

  private Reading<Optional<Secret>> secret(StopSignal stop, ClusterRef cluster) {
    return api.get(stop, Secret.class, cluster.namespace(), Labels.tenantName(cluster));
  }

  private static String unreadable(ClusterRef cluster) {
    return "Secret %s has no legal annotation %s or cannot be decoded; restore it from a backup"
        .formatted(Labels.tenantName(cluster), Labels.TENANT);
  }

  private static Map<String, Object> annotations(Map<String, String> annotations) {
    return Map.of("metadata", Map.of("annotations", annotations));
  }

  /// An object is named with its uid, so that a namesake is never written to.
  private static ObjectMeta metadata(ClusterRef cluster, String name, String uid) {
    return new ObjectMetaBuilder()
        .withNamespace(cluster.namespace())
        .withName(name)
        .withUid(uid)
        .build();
  }

  private static WriteResult absent(String what) {
    return new WriteResult.Rejected(404, Cause.NOT_FOUND, what + " is not there");
  }

  private static WriteResult changed(String message) {
    return new WriteResult.Rejected(409, Cause.CHANGED, message);
  }

  private <T> Reading<T> known(T value) {
    return new Reading.Known<>(value, clock.instant());
  }
}
