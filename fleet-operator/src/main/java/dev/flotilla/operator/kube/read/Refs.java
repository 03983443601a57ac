package dev.flotilla.operator.kube.read;

import dev.flotilla.operator.kube.render.Labels;
import dev.flotilla.topology.model.ClusterRef;
import dev.flotilla.topology.model.MemberName;
import dev.flotilla.topology.model.PoolName;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// To which cluster, pool or member an object belongs, as far as its labels say something legal.
public final class Refs {

  private Refs() {}

  /// The cluster that an object's label names; empty for an object that is nobody's.
  public static Optional<ClusterRef> cluster(HasMetadata object) {
    var meta = object.getMetadata();
    return label(meta, Labels.CLUSTER).flatMap(name -> cluster(meta.getNamespace(), name));
  }

  public static Optional<ClusterRef> cluster(String namespace, String name) {
    return legal(name, text -> new ClusterRef(namespace, text));
  }

  public static Optional<PoolName> pool(HasMetadata object) {
    return label(object.getMetadata(), Labels.POOL).flatMap(name -> legal(name, PoolName::new));
  }

  public static Optional<MemberName> member(HasMetadata object) {
    return label(object.getMetadata(), Labels.MEMBER).flatMap(name -> legal(name, MemberName::new));
  }

  static Optional<String> label(ObjectMeta meta, String key) {
    return entry(meta.getLabels(), key);
  }

  static Optional<String> annotation(ObjectMeta meta, String key) {
    return entry(meta.getAnnotations(), key);
  }

  static Optional<String> entry(Map<String, String> map, String key) {
    return Optional.ofNullable(map).map(entries -> entries.get(key));
  }

  /// A list of a Kubernetes object. The API server writes some empty lists as null, and the client
  /// hands that on.
  static <T> List<T> list(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }

  /// What a constructor makes of a text, or nothing if it refuses it.
  static <T> Optional<T> legal(String text, Function<String, T> constructor) {
    try {
      return Optional.of(constructor.apply(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
