package dev.flotilla.operator.kube.render;

import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.PoolName;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;

/// Who owns an object, so that Kubernetes removes it with its owner.
final class Owners {

  private static final String API_VERSION = "flotilla.dev/v1alpha1";

  private Owners() {}

  static OwnerReference cluster(ClusterRef cluster, String uid) {
    return reference("DatabaseCluster", cluster.name(), uid);
  }

  static OwnerReference pool(ClusterRef cluster, PoolName pool, String uid) {
    return reference("DatabasePool", Labels.poolName(cluster, pool), uid);
  }

  private static OwnerReference reference(String kind, String name, String uid) {
    return new OwnerReferenceBuilder()
        .withApiVersion(API_VERSION)
        .withKind(kind)
        .withName(name)
        .withUid(uid)
        .withController(true)
        .withBlockOwnerDeletion(true)
        .build();
  }
}
