package dev.flotilla.crds.v1alpha1;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/// A [DatabasePool] as it is stored, see [RawCluster].
@Group("flotilla.dev")
@Version("v1alpha1")
@Kind("DatabasePool")
public final class RawPool extends CustomResource<Object, Object> implements Namespaced {

  @Override
  protected @Nullable Object initSpec() {
    return null;
  }

  @Override
  protected @Nullable Object initStatus() {
    return null;
  }
}
