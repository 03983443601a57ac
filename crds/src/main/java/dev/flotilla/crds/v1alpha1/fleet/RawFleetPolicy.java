package dev.flotilla.crds.v1alpha1.fleet;

import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/// A [FleetPolicy] as it is stored, see [dev.flotilla.crds.v1alpha1.RawCluster].
@Group("flotilla.dev")
@Version("v1alpha1")
@Kind("FleetPolicy")
public final class RawFleetPolicy extends CustomResource<Object, Void> {

  @Override
  protected @Nullable Object initSpec() {
    return null;
  }
}
