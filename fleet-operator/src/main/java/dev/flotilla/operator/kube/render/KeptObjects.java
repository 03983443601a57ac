package dev.flotilla.operator.kube.render;

import dev.flotilla.crds.v1alpha1.DatabasePoolSpec;
import dev.flotilla.crds.v1alpha1.RawPool;
import dev.flotilla.operator.core.object.KeptObject;
import dev.flotilla.operator.port.EngineProfile;
import dev.flotilla.topology.model.ClusterRef;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import java.util.List;
import java.util.Map;

/// The objects that are kept by server-side apply: each holds exactly the fields that the operator
/// owns.
///
/// All of them belong to the `DatabaseCluster` and go with it.
public final class KeptObjects {

  /// The name of the one port of a tenant's address.
  public static final String PORT = "client";

  private final ClusterRef cluster;
  private final String clusterUid;
  private final EngineProfile profile;

  public KeptObjects(ClusterRef cluster, String clusterUid, EngineProfile profile) {
    this.cluster = cluster;
    this.clusterUid = clusterUid;
    this.profile = profile;
  }

  public HasMetadata render(KeptObject object) {
    return switch (object) {
      case KeptObject.Pool pool -> pool(pool);
      case KeptObject.Config config -> config(config);
      case KeptObject.Seeds seeds -> seeds(seeds);
      case KeptObject.ClientService service -> service();
      case KeptObject.Endpoints endpoints -> endpoints(endpoints);
      case KeptObject.Budget budget -> budget(budget);
    };
  }

  private RawPool pool(KeptObject.Pool wanted) {
    var pool = new RawPool();
    pool.setMetadata(
        metadata(Labels.poolName(cluster, wanted.pool()), Labels.ofPool(cluster, wanted.pool())));
    pool.setSpec(new DatabasePoolSpec(cluster.name(), wanted.instances()));
    return pool;
  }

  private ConfigMap config(KeptObject.Config wanted) {
    return new ConfigMapBuilder()
        .withMetadata(metadata(Labels.configName(cluster), Labels.ofCluster(cluster)))
        .withData(wanted.files())
        .build();
  }

  private ConfigMap seeds(KeptObject.Seeds wanted) {
    var file = profile.seeds(wanted.addresses());
    var metadata = metadata(Labels.seedsName(cluster), Labels.ofCluster(cluster));
    metadata.setAnnotations(Map.of(Labels.ADDRESSES, String.join(",", wanted.addresses())));
    return new ConfigMapBuilder()
        .withMetadata(metadata)
        .withData(Map.of(file.name(), file.content()))
        .build();
  }

  private Service service() {
    return new ServiceBuilder()
        .withMetadata(metadata(Labels.serviceName(cluster), Labels.ofCluster(cluster)))
        .withNewSpec()
        .withType("ClusterIP")
        .addNewPort()
        .withName(PORT)
        .withPort(profile.clientPort())
        .withTargetPort(new IntOrString(profile.clientPort()))
        .withProtocol("TCP")
        .endPort()
        .endSpec()
        .build();
  }

  private EndpointSlice endpoints(KeptObject.Endpoints wanted) {
    var labels = Labels.ofCluster(cluster);
    labels.put("kubernetes.io/service-name", Labels.serviceName(cluster));
    labels.put("endpointslice.kubernetes.io/managed-by", Labels.MANAGER);
    var metadata = metadata(Labels.endpointsName(cluster), labels);
    metadata.setAnnotations(Map.of(Labels.LEAVING, LeavingWords.write(wanted.endpoints())));
    return new EndpointSliceBuilder()
        .withMetadata(metadata)
        .withAddressType(addressType(wanted))
        .addNewPort()
        .withName(PORT)
        .withPort(profile.clientPort())
        .withProtocol("TCP")
        .endPort()
        .withEndpoints(wanted.endpoints().stream().map(this::endpoint).toList())
        .build();
  }

  private io.fabric8.kubernetes.api.model.discovery.v1.Endpoint endpoint(
      KeptObject.Endpoint endpoint) {
    return new EndpointBuilder()
        .withAddresses(endpoint.ip())
        .withNewConditions()
        .withReady(endpoint.ready())
        .withServing(endpoint.serving())
        .withTerminating(endpoint.leaving().isPresent())
        .endConditions()
        .withNodeName(endpoint.node())
        .withZone(endpoint.zone().name())
        .withNewTargetRef()
        .withKind("Pod")
        .withNamespace(cluster.namespace())
        .withName(endpoint.member().value())
        .endTargetRef()
        .build();
  }

  /// A slice holds addresses of one family; the pods of a cluster have one.
  private static String addressType(KeptObject.Endpoints wanted) {
    return wanted.endpoints().stream().anyMatch(endpoint -> endpoint.ip().contains(":"))
        ? "IPv6"
        : "IPv4";
  }

  private PodDisruptionBudget budget(KeptObject.Budget wanted) {
    return new PodDisruptionBudgetBuilder()
        .withMetadata(
            metadata(
                Labels.poolName(cluster, wanted.pool()), Labels.ofPool(cluster, wanted.pool())))
        .withNewSpec()
        .withMaxUnavailable(new IntOrString(wanted.maxUnavailable()))
        .withNewSelector()
        .withMatchLabels(Labels.podsOf(cluster, wanted.pool()))
        .endSelector()
        .endSpec()
        .build();
  }

  private ObjectMeta metadata(String name, Map<String, String> labels) {
    return new ObjectMetaBuilder()
        .withNamespace(cluster.namespace())
        .withName(name)
        .withLabels(labels)
        .withOwnerReferences(List.of(Owners.cluster(cluster, clusterUid)))
        .build();
  }
}
