package dev.flotilla.operator.cli.volume;

import dev.flotilla.operator.cli.volume.VolumeList.Volume;
import dev.flotilla.operator.core.retention.Retention;
import dev.flotilla.topology.codec.Decoded;
import dev.flotilla.topology.codec.DrainRecordCodec;
import dev.flotilla.topology.codec.VolumeRecord;
import dev.flotilla.topology.codec.VolumeRecordCodec;
import dev.flotilla.topology.lifecycle.Stage;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// A volume claim as it speaks for itself.
final class Claims {

  /// The label that says to which database a claim belongs.
  static final String CLUSTER = "flotilla.dev/cluster";

  private Claims() {}

  /// @param database whether the database exists that it says it belongs to
  static Volume read(PersistentVolumeClaim claim, boolean database) {
    var meta = claim.getMetadata();
    var record = annotation(meta, "flotilla.dev/record").map(VolumeRecordCodec::decode);
    var ours =
        record
            .filter(it -> isBelieved(it, meta.getUid()))
            .flatMap(Claims::valid)
            .map(it -> it.member().name().value());
    boolean used = database && !isRemoved(meta);
    return new Volume(
        meta.getNamespace(),
        meta.getName(),
        label(meta, CLUSTER),
        ours.orElse(""),
        ours.isEmpty() ? "Suspect" : used ? "Bound" : "Retained",
        label(meta, "flotilla.dev/zone"),
        Optional.ofNullable(claim.getSpec().getResources().getRequests().get("storage"))
            .map(Object::toString)
            .orElse(""),
        used && ours.isPresent() ? "" : until(meta));
  }

  private static String until(ObjectMeta meta) {
    return new Retention(
            annotation(meta, "flotilla.dev/retained-until"),
            annotation(meta, "flotilla.dev/retain"))
        .until()
        .map(Instant::toString)
        .orElse("forever");
  }

  private static boolean isBelieved(Decoded<VolumeRecord> record, String uid) {
    return record instanceof Decoded.Valid(var value)
        && value.volumeUid().map(uid::equals).orElse(true);
  }

  private static Optional<VolumeRecord> valid(Decoded<VolumeRecord> record) {
    return record instanceof Decoded.Valid(var value) ? Optional.of(value) : Optional.empty();
  }

  private static boolean isRemoved(ObjectMeta meta) {
    return annotation(meta, "flotilla.dev/drain")
        .map(DrainRecordCodec::decode)
        .filter(decoded ->
            decoded instanceof Decoded.Valid(var drain) && drain.stage() == Stage.REMOVED)
        .isPresent();
  }

  private static Optional<String> annotation(ObjectMeta meta, String name) {
    return Optional.ofNullable(meta.getAnnotations()).map(all -> all.get(name));
  }

  private static String label(ObjectMeta meta, String name) {
    return Optional.ofNullable(meta.getLabels()).orElse(Map.of()).getOrDefault(name, "");
  }
}
