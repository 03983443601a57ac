package dev.flotilla.operator.app;

import dev.flotilla.crds.v1alpha1.RawCluster;
import dev.flotilla.operator.api.Eyes;
import dev.flotilla.operator.kube.read.ClusterReader;
import dev.flotilla.operator.port.Glance;
import dev.flotilla.operator.port.StopSignal;
import dev.flotilla.operator.shell.Lookout;
import dev.flotilla.topology.model.ClusterRef;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/// What the operator sees, for those who ask over HTTPS.
///
/// @param reader reads manifests as the operator reads the resource itself
record OperatorEyes(Lookout lookout, ClusterReader reader, StopSignal stop) implements Eyes {

  private static final KubernetesSerialization JSON = new KubernetesSerialization();

  @Override
  public Glance look(ClusterRef cluster) {
    return lookout.look(cluster);
  }

  @Override
  public Glance suppose(ClusterRef cluster, String manifest) {
    try {
      var resource = JSON.unmarshal(manifest, RawCluster.class);
      if (resource == null) {
        return new Glance.Illegal("this is no DatabaseCluster: send one as JSON");
      }
      resource.setMetadata(
          new ObjectMetaBuilder()
              .withNamespace(cluster.namespace())
              .withName(cluster.name())
              .build());
      return lookout.suppose(stop, cluster, reader.read(resource).specification());
    } catch (KubernetesClientException | IllegalArgumentException e) {
      return new Glance.Illegal("this is no DatabaseCluster: " + e.getMessage());
    }
  }
}
