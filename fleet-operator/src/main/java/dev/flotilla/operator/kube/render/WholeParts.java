package dev.flotilla.operator.kube.render;

import com.fasterxml.jackson.databind.node.NullNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.List;
import java.util.Map;

/// The parts of a kept object that only a write of the whole part puts back once somebody has
/// changed it.
///
/// An apply merges. A port is known by its number: with another number it becomes a second one of
/// the same name, which is refused. And what somebody has set beside ours, as a selector of pods or
/// `minAvailable`, stays or is refused.
///
/// Source: docs/adr/0021-what-is-absent-is-created.md
public final class WholeParts {

  private WholeParts() {}

  /// A JSON patch that sets each of them as it is in `wanted`; empty if an apply does for all.
  public static List<Map<String, Object>> patch(HasMetadata wanted) {
    return switch (wanted) {
      case Service service ->
          List.of(
              set("/spec/type", service.getSpec().getType()),
              set("/spec/ports", service.getSpec().getPorts()),
              set("/spec/selector", NullNode.getInstance()));
      case PodDisruptionBudget budget ->
          List.of(
              set("/spec/selector", budget.getSpec().getSelector()),
              set("/spec/maxUnavailable", budget.getSpec().getMaxUnavailable()),
              set("/spec/minAvailable", NullNode.getInstance()));
      default -> List.of();
    };
  }

  private static Map<String, Object> set(String path, Object value) {
    return Map.of("op", "add", "path", path, "value", value);
  }
}
