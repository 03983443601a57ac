package dev.flotilla.operator.kube.render;

import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.MemberName;
import dev.flotilla.topology.model.MemberRecord;
import dev.flotilla.topology.model.PoolName;
import java.util.Map;
import java.util.TreeMap;

/// The labels, annotations and names by which the operator's objects are found again.
public final class Labels {

  /// The field manager, and the value of [#MANAGED_BY].
  public static final String MANAGER = "flotilla";

  public static final String NAME = "app.kubernetes.io/name";
  public static final String INSTANCE = "app.kubernetes.io/instance";
  public static final String COMPONENT = "app.kubernetes.io/component";
  public static final String MANAGED_BY = "app.kubernetes.io/managed-by";

  public static final String CLUSTER = "flotilla.dev/cluster";
  public static final String POOL = "flotilla.dev/pool";
  public static final String ZONE = "flotilla.dev/zone";
  public static final String MEMBER = "flotilla.dev/member";
  public static final String REVISION = "flotilla.dev/revision";

  /// Label of the pod of the operator that acts; the Service by which it is asked selects it.
  public static final String ACTING = "flotilla.dev/acting";

  /// Annotation of a pod: the member's record, so that a pod alone tells of its member.
  public static final String MEMBER_RECORD = "flotilla.dev/member";

  /// Annotation of a pod: what its kubelet was last told to read.
  public static final String SEEN_SEEDS = "flotilla.dev/seeds";

  /// Annotation of a volume claim: its record.
  public static final String VOLUME_RECORD = "flotilla.dev/record";

  /// Annotation of a volume claim: how its member's drain stands.
  public static final String DRAIN = "flotilla.dev/drain";

  /// Annotation of a volume claim: until when it is kept although no member uses it; the
  /// operator's.
  public static final String RETAINED_UNTIL = "flotilla.dev/retained-until";

  /// Annotation of a volume claim: the same as a person wants it, `forever` or a time.
  public static final String RETAIN = "flotilla.dev/retain";

  /// Annotation of a `DatabaseCluster`: whoever deletes it means this very one.
  public static final String CONFIRM_DELETE = "flotilla.dev/confirm-delete";

  /// Annotation of the list of addresses: the same addresses in our own form, because the file is
  /// written in the engine's.
  public static final String ADDRESSES = "flotilla.dev/addresses";

  /// Annotation of the list of endpoints: since when clients are told to leave whom. It is always
  /// there, so that what is applied never has fewer fields than what was created.
  public static final String LEAVING = "flotilla.dev/leaving";

  /// Annotation of a member's certificate: when it ends.
  public static final String EXPIRES = "flotilla.dev/expires";

  /// Annotations of a tenant's Secret: who the tenant is, and which engine cluster was formed.
  public static final String TENANT = "flotilla.dev/tenant";

  public static final String ENGINE = "flotilla.dev/engine";

  /// The node label that says in which zone a node is.
  public static final String NODE_ZONE = "topology.kubernetes.io/zone";

  public static final String NODE_HOSTNAME = "kubernetes.io/hostname";

  /// The ConfigMap in the operator's namespace that says which operator is the newest.
  public static final String STORE = "flotilla-store";

  private static final String COMPONENT_MEMBER = "member";
  private static final String COMPONENT_CLUSTER = "cluster";

  private Labels() {}

  public static String configName(ClusterRef cluster) {
    return cluster.name() + "-config";
  }

  public static String seedsName(ClusterRef cluster) {
    return cluster.name() + "-seeds";
  }

  public static String serviceName(ClusterRef cluster) {
    return cluster.name();
  }

  public static String endpointsName(ClusterRef cluster) {
    return cluster.name() + "-1";
  }

  public static String tenantName(ClusterRef cluster) {
    return cluster.name() + "-tenant";
  }

  public static String poolName(ClusterRef cluster, PoolName pool) {
    return cluster.name() + "-" + pool;
  }

  public static String certificateName(MemberName member) {
    return member + "-tls";
  }

  /// The selector of everything that the operator made.
  public static Map<String, String> ours() {
    return Map.of(MANAGED_BY, MANAGER);
  }

  /// The selector of the operators' own pods.
  public static Map<String, String> operators() {
    return Map.of(NAME, "flotilla", COMPONENT, "operator");
  }

  /// The selector of a pool's pods.
  public static Map<String, String> podsOf(ClusterRef cluster, PoolName pool) {
    return new TreeMap<>(
        Map.of(CLUSTER, cluster.name(), COMPONENT, COMPONENT_MEMBER, POOL, pool.value()));
  }

  static Map<String, String> ofCluster(ClusterRef cluster) {
    return common(cluster, COMPONENT_CLUSTER);
  }

  static Map<String, String> ofPool(ClusterRef cluster, PoolName pool) {
    var labels = common(cluster, COMPONENT_CLUSTER);
    labels.put(POOL, pool.value());
    return labels;
  }

  static Map<String, String> ofMember(MemberRecord member) {
    var labels = common(member.cluster(), COMPONENT_MEMBER);
    labels.put(POOL, member.pool().value());
    labels.put(ZONE, member.zone().name());
    labels.put(MEMBER, member.name().value());
    return labels;
  }

  private static Map<String, String> common(ClusterRef cluster, String component) {
    var labels = new TreeMap<String, String>();
    labels.put(NAME, "database");
    labels.put(INSTANCE, cluster.name());
    labels.put(COMPONENT, component);
    labels.put(MANAGED_BY, MANAGER);
    labels.put(CLUSTER, cluster.name());
    return labels;
  }
}
