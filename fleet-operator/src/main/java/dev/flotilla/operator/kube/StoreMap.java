package dev.flotilla.operator.kube;

import dev.flotilla.operator.core.view.Reading;
import dev.flotilla.operator.kube.render.Labels;
import dev.flotilla.operator.port.StopSignal;
import dev.flotilla.operator.port.WriteResult;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.Map;
import java.util.Optional;

/// The ConfigMap `flotilla-store` in the operators' namespace, in which they say what must be known
/// outside of the store. It is created once, and then changed by compare-and-set alone.
///
/// @param namespace the operators' own
public record StoreMap(ApiServer api, String namespace) {

  /// Entry that says why nobody may act by the store's lease until a person has spoken.
  static final String HALTED = "halted";

  /// Entry with the checksum of the backup that a person wants put back.
  static final String ORDERED = "restore";

  private static final String BETWEEN = "/";

  /// What it holds now; empty if there is none.
  public Reading<Optional<ConfigMap>> read(StopSignal stop) {
    return api.get(stop, ConfigMap.class, namespace, Labels.STORE);
  }

  /// The object and its version, in one word.
  public static String version(ConfigMap found) {
    return found.getMetadata().getUid() + BETWEEN + found.getMetadata().getResourceVersion();
  }

  /// The checksum of the backup that a person wants put back while nobody acts; empty if there is
  /// none.
  public Reading<Optional<String>> ordered(StopSignal stop) {
    return read(stop)
        .map(found ->
            found
                .map(ConfigMap::getData)
                .filter(data -> !data.getOrDefault(HALTED, "").isEmpty())
                .map(data -> data.getOrDefault(ORDERED, ""))
                .filter(word -> !word.isEmpty()));
  }

  /// Creates it, in one attempt.
  public WriteResult create(StopSignal stop, Map<String, String> entries) {
    return api.create(stop, named().withData(entries).build());
  }

  /// Changes some of its entries if it is still what was read, in one attempt.
  ///
  /// @param version of what was read
  public WriteResult change(StopSignal stop, String version, Map<String, String> entries) {
    var parts = version.split(BETWEEN);
    var read =
        named()
            .editMetadata()
            .withUid(parts[0])
            .withResourceVersion(parts[1])
            .endMetadata()
            .build();
    return api.merge(stop, read, Map.of("data", entries));
  }

  private ConfigMapBuilder named() {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(Labels.STORE)
        .withLabels(Labels.ours())
        .endMetadata();
  }

  /// What people call it.
  @Override
  public String toString() {
    return "ConfigMap %s/%s".formatted(namespace, Labels.STORE);
  }
}
