package dev.flotilla.operator.cli.store;

import dev.flotilla.operator.kube.render.Labels;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the operators note of their store outside of it, in the ConfigMap `flotilla-store`.
///
/// @param map as it was read
record StoreNotes(ConfigMap map) {

  static final String NAME = Labels.STORE;

  /// Empty if nothing was ever noted.
  static Optional<StoreNotes> read(KubernetesClient kube, String namespace) {
    return Optional.ofNullable(kube.configMaps().inNamespace(namespace).withName(NAME).get())
        .map(StoreNotes::new);
  }

  /// Changes some entries, if they are still as they were read.
  ///
  /// @return as they are then
  /// @throws io.fabric8.kubernetes.client.KubernetesClientException if they are not, or nobody
  ///   answers, or the caller may not
  StoreNotes change(KubernetesClient kube, Map<String, String> entries) {
    var patch =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withUid(map.getMetadata().getUid())
            .withResourceVersion(map.getMetadata().getResourceVersion())
            .endMetadata()
            .withData(entries)
            .build();
    return new StoreNotes(
        kube.resource(map)
            .patch(
                PatchContext.of(PatchType.JSON_MERGE),
                kube.getKubernetesSerialization().asJson(patch)));
  }

  private String entry(String name) {
    return Optional.ofNullable(map.getData()).orElse(Map.of()).getOrDefault(name, "");
  }

  /// The store's identity; empty if its voters are not the operators.
  String group() {
    return entry("group");
  }

  /// Who should vote; empty if its voters are not the operators.
  List<String> voters() {
    return words("voters");
  }

  /// Those of them that may have written to a disk.
  List<String> started() {
    return words("started");
  }

  private List<String> words(String name) {
    return Arrays.stream(entry(name).split(" ")).filter(word -> !word.isEmpty()).toList();
  }

  String epoch() {
    return entry("epoch");
  }

  /// An epoch that nobody has acted under: whoever sees it stops.
  String nextEpoch() {
    return Long.toString(1 + Long.parseLong(epoch().isEmpty() ? "0" : epoch()));
  }

  /// The operator that acts; empty if none does, or if none is named.
  String acting() {
    var holder = entry("holder");
    int end = holder.indexOf('/');
    return end < 0 ? holder : holder.substring(0, end);
  }

  /// Whether a backup was begun to be put back, and nobody said that all of it was.
  boolean isHalfRestored() {
    return !entry("restore").isEmpty();
  }

  /// Why nobody acts before a person says so; empty if nothing is in the way.
  String halted() {
    return entry("halted");
  }
}
