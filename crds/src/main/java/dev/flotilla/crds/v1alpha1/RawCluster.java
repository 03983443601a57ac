package dev.flotilla.crds.v1alpha1;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/// A [DatabaseCluster] as it is stored, with parts that nobody has tried to understand.
///
/// It may have been stored before today's rules existed. Whoever lists it as a [DatabaseCluster]
/// reads either all of them or, when a single one holds a text where a list belongs, none.
@Group("flotilla.dev")
@Version("v1alpha1")
@Kind("DatabaseCluster")
public final class RawCluster extends CustomResource<Object, Object> implements Namespaced {

  @Override
  protected @Nullable Object initSpec() {
    return null;
  }

  @Override
  protected @Nullable Object initStatus() {
    return null;
  }
}
