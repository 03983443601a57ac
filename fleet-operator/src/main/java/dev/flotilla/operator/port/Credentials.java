package dev.flotilla.operator.port;

import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.MemberRecord;
import dev.flotilla.topology.model.TenantId;
import java.util.Optional;

/// Makes a tenant's secrets. The only source of secret randomness; computes, and never blocks on
/// anything outside.
public interface Credentials {

  /// A new certificate authority and new log-ins for a tenant that has none.
  TenantSecret found(ClusterRef cluster, TenantId tenant);

  /// Why a tenant's Secret cannot sign certificates, in one clause that names the entry and says
  /// nothing of its content; empty if it can.
  Optional<String> objection(TenantSecret tenant);

  /// A certificate for one member, signed by the tenant's authority.
  ///
  /// @throws IllegalStateException if there is an objection to the Secret
  MemberCertificate issue(TenantSecret tenant, MemberRecord member);
}
