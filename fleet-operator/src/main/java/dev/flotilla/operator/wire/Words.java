package dev.flotilla.operator.wire;

import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.MemberName;
import dev.flotilla.topology.model.PoolName;
import dev.flotilla.topology.model.TenantId;
import dev.flotilla.topology.model.Zone;

/// Shapes of names.
final class Words {

  private static final String LABEL = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$";

  static final Shape<Zone> ZONE =
      Scalar.named("", Zone::name, Zone::new, "write it as in the nodes' zone label");

  static final Shape<PoolName> POOL =
      Scalar.named(
          LABEL, PoolName::value, PoolName::new, "write lower-case letters and digits, at most 15");

  static final Shape<MemberName> MEMBER =
      Scalar.named(LABEL, MemberName::value, MemberName::new, "write the name of its pod");

  static final Shape<TenantId> TENANT =
      Scalar.named("", TenantId::value, TenantId::new, "write 1 to 64 characters");

  static final Shape<ClusterRef> CLUSTER =
      Scalar.named("/", ClusterRef::toString, Words::cluster, "write NAMESPACE/NAME");

  private Words() {}

  private static ClusterRef cluster(String text) {
    var parts = text.split("/", -1);
    if (parts.length != 2) {
      throw new IllegalArgumentException("is not NAMESPACE/NAME");
    }
    return new ClusterRef(parts[0], parts[1]);
  }
}
