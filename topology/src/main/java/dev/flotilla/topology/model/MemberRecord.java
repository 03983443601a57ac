package dev.flotilla.topology.model;

import java.util.Optional;

/// What a member is, independently of whether its pod or volume exists at the moment.
///
/// @param tenant whose data it holds
/// @param founding whether it is one of the voters that form a new engine cluster; set for the
///   first wave only, because a second founding would make a second, empty cluster beside the data
///   (D11)
/// @param instead the member whose place it was made to take, before that one goes; empty if it was
///   made for nobody's. Never changed, also when the other one stays after all
public record MemberRecord(
    ClusterRef cluster,
    TenantId tenant,
    MemberName name,
    Slot slot,
    boolean founding,
    MemberState state,
    Optional<MemberName> instead) {

  /// The record of a new member for a slot, with the name that follows from it.
  public static MemberRecord allocated(
      ClusterRef cluster, TenantId tenant, Slot slot, boolean founding) {
    var name = MemberName.of(tenant, cluster, slot);
    return new MemberRecord(
        cluster, tenant, name, slot, founding, MemberState.ALLOCATED, Optional.empty());
  }

  /// The record of a new member for a slot that takes another one's place.
  ///
  /// @param other is still there
  public static MemberRecord inPlaceOf(MemberRecord other, Slot slot) {
    var name = MemberName.of(other.tenant, other.cluster, slot);
    return new MemberRecord(
        other.cluster,
        other.tenant,
        name,
        slot,
        false,
        MemberState.ALLOCATED,
        Optional.of(other.name));
  }

  /// The same member once its volume was seen.
  public MemberRecord provisioned() {
    return new MemberRecord(
        cluster, tenant, name, slot, founding, MemberState.PROVISIONED, instead);
  }

  public PoolName pool() {
    return slot.pool();
  }

  public Zone zone() {
    return slot.zone();
  }

  /// The name of its volume claim.
  public String volumeName() {
    return volumeName(name.value());
  }

  /// The name of the volume claim of a member of that name, whether there is such a member or not.
  public static String volumeName(String member) {
    return "data-" + member;
  }
}
