package dev.flotilla.chaos.lab.storage;

import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a volume looks like in Kubernetes, and what a claim asks for. Pure.
final class Volumes {

  /// The name under which storage classes ask for us.
  static final String PROVISIONER = "lab.flotilla.dev/volumes";

  static final String SELECTED_NODE = "volume.kubernetes.io/selected-node";
  private static final String ASKED_PROVISIONER = "volume.kubernetes.io/storage-provisioner";
  private static final String PROVISIONED_BY = "pv.kubernetes.io/provisioned-by";

  private Volumes() {}

  /// A claim's volume. Its name follows from the claim's uid, so that making it twice is refused.
  static String nameFor(PersistentVolumeClaim claim) {
    return "pvc-" + claim.getMetadata().getUid();
  }

  /// The volume for a claim.
  static PersistentVolume render(
      PersistentVolumeClaim claim, StorageClass storageClass, Scope.Place place, Path folder) {
    return new PersistentVolumeBuilder()
        .withNewMetadata()
        .withName(nameFor(claim))
        .withAnnotations(Map.of(PROVISIONED_BY, PROVISIONER))
        .withLabels(Map.of(place.scope().label(), place.value()))
        .endMetadata()
        .withNewSpec()
        .withCapacity(Map.of("storage", requested(claim)))
        .withAccessModes(claim.getSpec().getAccessModes())
        .withVolumeMode("Filesystem")
        .withStorageClassName(storageClass.getMetadata().getName())
        .withPersistentVolumeReclaimPolicy(
            Optional.ofNullable(storageClass.getReclaimPolicy()).orElse("Delete"))
        .withNewLocal()
        .withPath(folder.toString())
        .endLocal()
        .withClaimRef(
            new ObjectReferenceBuilder()
                .withApiVersion("v1")
                .withKind("PersistentVolumeClaim")
                .withNamespace(claim.getMetadata().getNamespace())
                .withName(claim.getMetadata().getName())
                .withUid(claim.getMetadata().getUid())
                .build())
        .withNewNodeAffinity()
        .withNewRequired()
        .addNewNodeSelectorTerm()
        .addNewMatchExpression()
        .withKey(place.scope().label())
        .withOperator("In")
        .withValues(place.value())
        .endMatchExpression()
        .endNodeSelectorTerm()
        .endRequired()
        .endNodeAffinity()
        .endSpec()
        .build();
  }

  /// The node that the scheduler has chosen for a claim's first pod, if the claim waits for us.
  static Optional<String> waitingFor(PersistentVolumeClaim claim) {
    Map<String, String> annotations =
        Optional.ofNullable(claim.getMetadata().getAnnotations()).orElse(Map.of());
    boolean ours = PROVISIONER.equals(annotations.get(ASKED_PROVISIONER));
    return ours && !isBound(claim)
        ? Optional.ofNullable(annotations.get(SELECTED_NODE))
        : Optional.empty();
  }

  /// Whether the claim has a volume.
  static boolean isBound(PersistentVolumeClaim claim) {
    String volume = claim.getSpec().getVolumeName();
    return volume != null && !volume.isEmpty();
  }

  /// What the claim asks for.
  static Quantity requested(PersistentVolumeClaim claim) {
    return Objects.requireNonNull(claim.getSpec().getResources().getRequests().get("storage"));
  }

  /// Whether the volume is one of ours.
  static boolean isOurs(PersistentVolume volume) {
    return Optional.ofNullable(volume.getMetadata().getAnnotations())
        .map(annotations -> PROVISIONER.equals(annotations.get(PROVISIONED_BY)))
        .orElse(false);
  }

  /// Whether the volume's claim is gone and its content with it.
  static boolean isToBeDeleted(PersistentVolume volume) {
    return isOurs(volume)
        && "Delete".equals(volume.getSpec().getPersistentVolumeReclaimPolicy())
        && volume.getStatus() != null
        && "Released".equals(volume.getStatus().getPhase());
  }

  /// Whether the claim wants more than the volume has.
  static boolean isTooSmall(PersistentVolume volume, PersistentVolumeClaim claim) {
    return isLess(volume.getSpec().getCapacity(), requested(claim));
  }

  /// Whether the claim's status still says less than it wants.
  static boolean saysLess(PersistentVolumeClaim claim) {
    return isLess(claim.getStatus().getCapacity(), requested(claim));
  }

  private static boolean isLess(@Nullable Map<String, Quantity> capacity, Quantity wanted) {
    return Optional.ofNullable(capacity)
        .map(quantities -> quantities.get("storage"))
        .map(size -> size.getNumericalAmount().compareTo(wanted.getNumericalAmount()) < 0)
        .orElse(false);
  }
}
