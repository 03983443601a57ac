package dev.flotilla.operator.core.view;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Compute resources of one member's container, as Kubernetes quantities by resource name (`cpu`,
/// `memory`).
///
/// @param requests empty means that nothing is reserved
/// @param limits empty means no limit
public record Resources(SortedMap<String, String> requests, SortedMap<String, String> limits) {

  public Resources {
    requests = Collections.unmodifiableSortedMap(new TreeMap<>(requests));
    limits = Collections.unmodifiableSortedMap(new TreeMap<>(limits));
  }

  public static Resources of(Map<String, String> requests, Map<String, String> limits) {
    return new Resources(new TreeMap<>(requests), new TreeMap<>(limits));
  }
}
