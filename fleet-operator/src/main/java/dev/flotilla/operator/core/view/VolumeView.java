package dev.flotilla.operator.core.view;

import dev.flotilla.operator.core.retention.Retention;
import dev.flotilla.topology.codec.Decoded;
import dev.flotilla.topology.codec.DrainRecordCodec;
import dev.flotilla.topology.codec.VolumeRecord;
import dev.flotilla.topology.lifecycle.DrainRecord;
import dev.flotilla.topology.model.Zone;
import java.util.Optional;

/// A member's volume claim as last seen.
///
/// @param record what its annotation says
/// @param note what its annotation says of a drain, as it is written there; empty if it has none
/// @param retention what it says of how long it is kept once no member uses it
/// @param zone where the volume lies; empty until it is bound. Read from the volume itself (its
///   zone, or the zone of the node it is pinned to), never from the specification
/// @param node the one node it is pinned to; empty if any node of its zone can mount it
/// @param asked what the claim asks for
/// @param capacity what its file system has, a Kubernetes quantity; less than was asked for while
///   it grows, empty if nothing is said of it
public record VolumeView(
    String name,
    String uid,
    String resourceVersion,
    Phase phase,
    boolean terminating,
    Decoded<VolumeRecord> record,
    Optional<String> note,
    Retention retention,
    Optional<Zone> zone,
    Optional<String> node,
    Asked asked,
    Optional<String> capacity) {

  /// What a claim asks for.
  ///
  /// @param size a Kubernetes quantity; empty if it names none
  /// @param storageClass the class that its volume was made by; empty if it names none
  public record Asked(String size, Optional<String> storageClass) {}

  /// The claim's phase as Kubernetes names it.
  public enum Phase {
    PENDING,
    BOUND,
    LOST
  }

  /// The record if it is whole and was written on this very claim.
  public Optional<VolumeRecord> trusted() {
    return record instanceof Decoded.Valid(var value)
            && value.volumeUid().map(uid::equals).orElse(true)
        ? Optional.of(value)
        : Optional.empty();
  }

  /// The drain that it speaks of; empty if it speaks of none, or not in a way that is believed.
  public Optional<DrainRecord> noted() {
    return note.map(DrainRecordCodec::decode)
        .flatMap(decoded ->
            decoded instanceof Decoded.Valid(var drain) ? Optional.of(drain) : Optional.empty());
  }

  /// Why the volume is not believed to be ours; empty if it is. Source: R30 in
  /// docs/requirements.md.
  public Optional<String> suspicion() {
    return switch (record) {
      case Decoded.Damaged(var why) -> Optional.of("its record cannot be read: " + why);
      case Decoded.Valid(var value) when trusted().isEmpty() ->
          Optional.of("its record was written on another claim, so it is a copy");
      case Decoded.Valid<VolumeRecord> valid -> Optional.empty();
    };
  }
}
