package dev.flotilla.operator.kube.read;

import dev.flotilla.operator.kube.render.Labels;
import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Who set which field, as the API server remembers it.
final class Fields {

  private Fields() {}

  /// The entries of a map field that the operator set; all of them if the server remembers nothing.
  static Map<String, String> ours(ObjectMeta meta, String field, Map<String, String> entries) {
    if (Refs.list(meta.getManagedFields()).isEmpty()) {
      return entries;
    }
    var ours = new TreeMap<String, String>();
    entries.forEach((key, value) -> {
      boolean isOurs =
          Refs.list(meta.getManagedFields()).stream()
              .filter(entry -> Labels.MANAGER.equals(entry.getManager()))
              .anyMatch(entry -> has(entry, List.of(field, key)));
      if (isOurs) {
        ours.put(key, value);
      }
    });
    return ours;
  }

  /// Who else than the operator set a field; the last one if there are several.
  static Optional<String> foreignWriter(ObjectMeta meta, List<String> path) {
    return Refs.list(meta.getManagedFields()).stream()
        .filter(entry -> !Labels.MANAGER.equals(entry.getManager()))
        .filter(entry -> has(entry, path))
        .max(Comparator.comparing(entry -> String.valueOf(entry.getTime())))
        .map(ManagedFieldsEntry::getManager);
  }

  private static boolean has(ManagedFieldsEntry entry, List<String> path) {
    Object at =
        Optional.ofNullable(entry.getFieldsV1())
            .map(FieldsV1::getAdditionalProperties)
            .orElse(Map.of());
    for (String name : path) {
      if (!(at instanceof Map<?, ?> fields) || !fields.containsKey("f:" + name)) {
        return false;
      }
      at = Optional.<Object>ofNullable(fields.get("f:" + name)).orElse(Map.of());
    }
    return true;
  }
}
