package dev.flotilla.operator.engine.elasticsearch;

import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.MemberName;
import java.util.List;

/// The names that certificates carry. No DNS server knows the operator's own name of a member: the
/// operator's client resolves it from the addresses of pods.
final class HostNames {

  private HostNames() {}

  /// What the names of a cluster's members end in. Labels have no dots, so no two clusters share
  /// it.
  static String suffix(ClusterRef cluster) {
    return ".%s.%s.flotilla".formatted(cluster.name(), cluster.namespace());
  }

  /// The name by which the operator calls a member: unique over all tenants, because they share one
  /// client and its connections.
  static String of(ClusterRef cluster, MemberName member) {
    return member + suffix(cluster);
  }

  /// Every name by which somebody may call a member: its own, the operator's, and those of the
  /// tenant's client Service.
  static List<String> all(ClusterRef cluster, MemberName member) {
    var service = cluster.name() + "." + cluster.namespace();
    return List.of(
        member.value(),
        of(cluster, member),
        cluster.name(),
        service,
        service + ".svc",
        service + ".svc.cluster.local");
  }
}
