package dev.flotilla.operator.josdk;

import dev.flotilla.crds.v1alpha1.RawCluster;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the SDK remembers of a `DatabaseCluster`: enough to queue it and to keep its finalizer.
/// What the user wants of it is in [dev.flotilla.operator.port.KubeCache].
final class MetadataStore implements ItemStore<RawCluster> {

  private final ConcurrentMap<String, RawCluster> clusters = new ConcurrentHashMap<>();

  @Override
  public String getKey(RawCluster cluster) {
    return Cache.metaNamespaceKeyFunc(cluster);
  }

  /// What is kept is less than what was read, so the first events must not be made of it: a
  /// resource without its specification looks like one that does not fit its schema.
  @Override
  public boolean isFullState() {
    return false;
  }

  @Override
  public @Nullable RawCluster put(String key, RawCluster cluster) {
    var reduced = new RawCluster();
    reduced.setMetadata(reduced(cluster.getMetadata()));
    return clusters.put(key, reduced);
  }

  private static ObjectMeta reduced(ObjectMeta meta) {
    return new ObjectMetaBuilder()
        .withNamespace(meta.getNamespace())
        .withName(meta.getName())
        .withUid(meta.getUid())
        .withResourceVersion(meta.getResourceVersion())
        .withGeneration(meta.getGeneration())
        .withFinalizers(meta.getFinalizers())
        .withDeletionTimestamp(meta.getDeletionTimestamp())
        .build();
  }

  @Override
  public @Nullable RawCluster remove(String key) {
    return clusters.remove(key);
  }

  @Override
  public @Nullable RawCluster get(String key) {
    return clusters.get(key);
  }

  @Override
  public Stream<String> keySet() {
    return clusters.keySet().stream();
  }

  @Override
  public Stream<RawCluster> values() {
    return clusters.values().stream();
  }

  @Override
  public int size() {
    return clusters.size();
  }
}
