package dev.flotilla.operator.kube.read;

import dev.flotilla.operator.core.retention.Retention;
import dev.flotilla.operator.core.view.VolumeView;
import dev.flotilla.operator.core.view.VolumeView.Phase;
import dev.flotilla.operator.kube.read.DiskReader.Disk;
import dev.flotilla.operator.kube.read.NodeReader.NodeFacts;
import dev.flotilla.operator.kube.render.Labels;
import dev.flotilla.topology.codec.Decoded;
import dev.flotilla.topology.codec.VolumeRecord;
import dev.flotilla.topology.codec.VolumeRecordCodec;
import dev.flotilla.topology.model.ClusterRef;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpec;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimStatus;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.VolumeResourceRequirements;
import java.util.Collection;
import java.util.Optional;

/// A member's volume claim as a [VolumeView], together with the volume that it is bound to.
public final class ClaimReader {

  private ClaimReader() {}

  /// What the claim alone says.
  ///
  /// @param note what it says of a drain
  /// @param retention what it says of how long it is kept
  /// @param bound name of the volume that it is bound to
  /// @param asked what it asks for
  public record ClaimFacts(
      String name,
      String uid,
      String resourceVersion,
      Phase phase,
      boolean terminating,
      Decoded<VolumeRecord> record,
      Optional<String> note,
      Retention retention,
      Optional<String> bound,
      VolumeView.Asked asked,
      Optional<String> capacity) {

    /// The view of the claim, with where its volume lies.
    ///
    /// @param disk the volume; empty if it is not bound, or the volume is not seen yet
    public VolumeView view(Optional<Disk> disk, Collection<NodeFacts> nodes) {
      var node =
          disk.flatMap(Disk::hostname)
              .flatMap(
                  host -> nodes.stream().filter(facts -> facts.hostname().equals(host)).findFirst())
              .map(NodeFacts::view);
      var zone = disk.flatMap(Disk::zone).or(() -> node.flatMap(found -> found.zone()));
      var pinnedTo = node.map(found -> found.name()).or(() -> disk.flatMap(Disk::hostname));
      return new VolumeView(
          name,
          uid,
          resourceVersion,
          phase,
          terminating,
          record,
          note,
          retention,
          zone,
          pinnedTo,
          asked,
          capacity);
    }
  }

  public static ClaimFacts read(PersistentVolumeClaim claim) {
    var meta = claim.getMetadata();
    return new ClaimFacts(
        meta.getName(),
        meta.getUid(),
        meta.getResourceVersion(),
        phase(claim),
        meta.getDeletionTimestamp() != null,
        record(meta),
        Refs.annotation(meta, Labels.DRAIN),
        new Retention(
            Refs.annotation(meta, Labels.RETAINED_UNTIL), Refs.annotation(meta, Labels.RETAIN)),
        Optional.ofNullable(claim.getSpec())
            .map(PersistentVolumeClaimSpec::getVolumeName)
            .filter(name -> !name.isEmpty()),
        asked(claim),
        Optional.ofNullable(claim.getStatus())
            .map(PersistentVolumeClaimStatus::getCapacity)
            .map(capacity -> capacity.get("storage"))
            .map(Quantity::toString));
  }

  private static VolumeView.Asked asked(PersistentVolumeClaim claim) {
    var spec = Optional.ofNullable(claim.getSpec());
    return new VolumeView.Asked(
        spec.map(PersistentVolumeClaimSpec::getResources)
            .map(VolumeResourceRequirements::getRequests)
            .map(requests -> requests.get("storage"))
            .map(Quantity::toString)
            .orElse(""),
        spec.map(PersistentVolumeClaimSpec::getStorageClassName).filter(name -> !name.isEmpty()));
  }

  /// The record in the claim's annotation, damaged if it speaks of another claim or cluster.
  private static Decoded<VolumeRecord> record(ObjectMeta meta) {
    return Refs.annotation(meta, Labels.VOLUME_RECORD)
        .map(VolumeRecordCodec::decode)
        .map(decoded -> atHome(meta, decoded))
        .orElse(new Decoded.Damaged<>("it has no annotation " + Labels.VOLUME_RECORD));
  }

  private static Decoded<VolumeRecord> atHome(ObjectMeta meta, Decoded<VolumeRecord> decoded) {
    if (!(decoded instanceof Decoded.Valid(var record))) {
      return decoded;
    }
    var member = record.member();
    var home = Refs.label(meta, Labels.CLUSTER).flatMap(name -> at(meta, name));
    if (!home.equals(Optional.of(member.cluster()))) {
      return new Decoded.Damaged<>("it was written for cluster " + member.cluster());
    }
    return member.volumeName().equals(meta.getName())
        ? decoded
        : new Decoded.Damaged<>("it was written for claim " + member.volumeName());
  }

  private static Optional<ClusterRef> at(ObjectMeta meta, String cluster) {
    return Refs.cluster(meta.getNamespace(), cluster);
  }

  private static Phase phase(PersistentVolumeClaim claim) {
    var phase =
        Optional.ofNullable(claim.getStatus())
            .map(PersistentVolumeClaimStatus::getPhase)
            .orElse("Pending");
    return switch (phase) {
      case "Bound" -> Phase.BOUND;
      case "Lost" -> Phase.LOST;
      default -> Phase.PENDING;
    };
  }
}
