package dev.flotilla.topology.codec;

import dev.flotilla.topology.model.MemberRecord;
import java.util.Optional;

/// What a volume says of itself, so that the store can be rebuilt from volumes alone.
///
/// @param member whose volume it is
/// @param volumeUid the uid of the claim it was written on; empty until the claim exists. A copy of
///   the claim carries the original's uid and so gives itself away
/// @param engineUuid the engine cluster that wrote on the volume; empty until one was formed
public record VolumeRecord(
    MemberRecord member, Optional<String> volumeUid, Optional<String> engineUuid) {

  /// The record of a volume that is about to be created.
  public static VolumeRecord fresh(MemberRecord member) {
    return new VolumeRecord(member, Optional.empty(), Optional.empty());
  }

  /// The same record once the claim's uid and the engine's cluster are known.
  public VolumeRecord stamped(String uid, String uuid) {
    return new VolumeRecord(member, Optional.of(uid), Optional.of(uuid));
  }
}
