package dev.flotilla.operator.core.view;

import dev.flotilla.topology.model.Zone;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What the Kubernetes cluster offers: its nodes and its storage classes, by name.
public record Terrain(
    SortedMap<String, NodeView> nodes, SortedMap<String, StorageClassView> storageClasses) {

  public Terrain {
    nodes = Collections.unmodifiableSortedMap(new TreeMap<>(nodes));
    storageClasses = Collections.unmodifiableSortedMap(new TreeMap<>(storageClasses));
  }

  public Optional<NodeView> node(String name) {
    return Optional.ofNullable(nodes.get(name));
  }

  /// Whether some node of the zone could take a new member.
  public boolean isUsable(Zone zone) {
    return nodes.values().stream()
        .anyMatch(node -> node.isUsable() && node.zone().filter(zone::equals).isPresent());
  }

  /// The class that a pool's volumes are made by: the named one, or the default one.
  public Optional<StorageClassView> storageClass(Optional<String> name) {
    return name.isPresent()
        ? Optional.ofNullable(storageClasses.get(name.get()))
        : storageClasses.values().stream().filter(StorageClassView::isDefault).findFirst();
  }
}
