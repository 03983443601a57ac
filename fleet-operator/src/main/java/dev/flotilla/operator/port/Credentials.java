package dev.flotilla.operator.port;

import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.MemberRecord;
import dev.flotilla.topology.model.TenantId;

/// Makes a tenant's secrets. The only source of secret randomness; computes, and never blocks on
/// anything outside.
public interface Credentials {

  /// A new certificate authority and new log-ins for a tenant that has none.
  TenantSecret found(ClusterRef cluster, TenantId tenant);

  /// A certificate for one member, signed by the tenant's authority.
  MemberCertificate issue(TenantSecret tenant, MemberRecord member);
}
