package dev.flotilla.crds.v1alpha1.operation;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/// A [DatabaseOperation] as it is stored, see [dev.flotilla.crds.v1alpha1.RawCluster].
@Group("flotilla.dev")
@Version("v1alpha1")
@Kind("DatabaseOperation")
public final class RawOperation extends CustomResource<Object, Object> implements Namespaced {

  @Override
  protected @Nullable Object initSpec() {
    return null;
  }

  @Override
  protected @Nullable Object initStatus() {
    return null;
  }
}
