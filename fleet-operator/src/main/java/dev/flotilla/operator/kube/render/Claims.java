package dev.flotilla.operator.kube.render;

import dev.flotilla.operator.core.step.Step;
import dev.flotilla.topology.codec.VolumeRecord;
import dev.flotilla.topology.codec.VolumeRecordCodec;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;

/// A member's volume claim.
///
/// ReadWriteOncePod, so that storage itself refuses a second body. It has no owner: deleting the
/// cluster's resource must not delete data. Source: PP-2, D1 in docs/requirements.md.
public final class Claims {

  private Claims() {}

  public static PersistentVolumeClaim render(Step.CreateVolume step) {
    var member = step.member();
    return new PersistentVolumeClaimBuilder()
        .withNewMetadata()
        .withNamespace(member.cluster().namespace())
        .withName(member.volumeName())
        .withLabels(Labels.ofMember(member))
        .addToAnnotations(
            Labels.VOLUME_RECORD, VolumeRecordCodec.encode(VolumeRecord.fresh(member)))
        .endMetadata()
        .withNewSpec()
        .withAccessModes("ReadWriteOncePod")
        .withStorageClassName(step.storageClass())
        .withNewResources()
        .withRequests(Map.of("storage", new Quantity(step.size())))
        .endResources()
        .endSpec()
        .build();
  }
}
