package dev.flotilla.operator.core.view;

import dev.flotilla.topology.lifecycle.DrainRecord;
import dev.flotilla.topology.model.MemberRecord;

/// The volume of a member that was removed.
///
/// @param drain as it ended: the member was emptied
public record KeptVolume(MemberRecord record, DrainRecord drain, VolumeView volume) {

  /// Whether the volume itself says that its member was emptied, and is surely ours.
  public boolean isCertain() {
    return volume.trusted().filter(it -> it.member().name().equals(record.name())).isPresent()
        && volume.noted().filter(drain::equals).isPresent()
        && !volume.terminating();
  }

  /// The same with the claim as it is now.
  public KeptVolume with(VolumeView now) {
    return new KeptVolume(record, drain, now);
  }
}
