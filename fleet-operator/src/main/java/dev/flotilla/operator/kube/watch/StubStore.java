package dev.flotilla.operator.kube.watch;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a watch remembers of its objects: which ones there are and at which version, and nothing of
/// their content. A pod takes some 13 KB of heap, the record that [Shelf] keeps of it is ten short
/// texts; and Secrets are not kept at all.
final class StubStore<T extends HasMetadata> implements ItemStore<T> {

  private final Supplier<T> blank;
  private final ConcurrentMap<String, T> stubs = new ConcurrentHashMap<>();

  /// @param blank makes an empty object
  StubStore(Supplier<T> blank) {
    this.blank = blank;
  }

  @Override
  public String getKey(T object) {
    return Cache.metaNamespaceKeyFunc(object);
  }

  @Override
  public @Nullable T put(String key, T object) {
    var stub = blank.get();
    stub.setMetadata(stub(object.getMetadata()));
    return stubs.put(key, stub);
  }

  private static ObjectMeta stub(ObjectMeta meta) {
    return new ObjectMetaBuilder()
        .withNamespace(meta.getNamespace())
        .withName(meta.getName())
        .withUid(meta.getUid())
        .withResourceVersion(meta.getResourceVersion())
        .build();
  }

  @Override
  public @Nullable T remove(String key) {
    return stubs.remove(key);
  }

  @Override
  public @Nullable T get(String key) {
    return stubs.get(key);
  }

  @Override
  public Stream<String> keySet() {
    return stubs.keySet().stream();
  }

  @Override
  public Stream<T> values() {
    return stubs.values().stream();
  }

  @Override
  public int size() {
    return stubs.size();
  }

  /// Objects are handed on as they come, because they cannot be had from here later.
  @Override
  public boolean isFullState() {
    return false;
  }
}
