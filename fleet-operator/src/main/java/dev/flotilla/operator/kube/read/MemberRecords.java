package dev.flotilla.operator.kube.read;

import dev.flotilla.operator.kube.render.Labels;
import dev.flotilla.operator.port.Remains;
import dev.flotilla.topology.codec.Decoded;
import dev.flotilla.topology.codec.VolumeRecord;
import dev.flotilla.topology.codec.VolumeRecordCodec;
import dev.flotilla.topology.lifecycle.DrainRecord;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.MemberName;
import dev.flotilla.topology.model.MemberRecord;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// The members that claims and pods tell of.
///
/// A claim counts more than a pod of the same member: it is what the data lies on. Claims and pods
/// that are not believed are left out. Source: R30 in docs/requirements.md.
public final class MemberRecords {

  private MemberRecords() {}

  public static Remains of(ClusterRef cluster, List<PersistentVolumeClaim> claims, List<Pod> pods) {
    var members = new TreeMap<MemberName, MemberRecord>();
    pods.forEach(
        pod -> fromPod(cluster, pod).ifPresent(member -> members.put(member.name(), member)));
    claims.forEach(
        claim -> fromClaim(claim).ifPresent(member -> members.put(member.name(), member)));
    var drains = claims.stream().flatMap(claim -> drain(claim).stream()).toList();
    return new Remains(List.copyOf(members.values()), drains);
  }

  /// One that speaks of another member was copied from elsewhere.
  private static Optional<DrainRecord> drain(PersistentVolumeClaim claim) {
    var view = ClaimReader.read(claim).view(Optional.empty(), Collections.emptyList());
    return view.noted()
        .filter(drain ->
            view.trusted()
                .map(VolumeRecord::member)
                .filter(member -> member.name().equals(drain.member()))
                .filter(member -> member.cluster().equals(drain.cluster()))
                .isPresent());
  }

  private static Optional<MemberRecord> fromClaim(PersistentVolumeClaim claim) {
    return ClaimReader.read(claim)
        .view(Optional.empty(), Collections.emptyList())
        .trusted()
        .map(VolumeRecord::member);
  }

  private static Optional<MemberRecord> fromPod(ClusterRef cluster, Pod pod) {
    return Refs.annotation(pod.getMetadata(), Labels.MEMBER_RECORD)
        .map(VolumeRecordCodec::decode)
        .flatMap(decoded ->
            decoded instanceof Decoded.Valid(var record)
                ? Optional.of(record.member())
                : Optional.empty())
        .filter(member -> member.cluster().equals(cluster))
        .filter(member -> member.name().value().equals(pod.getMetadata().getName()));
  }
}
