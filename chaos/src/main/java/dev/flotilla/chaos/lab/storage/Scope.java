package dev.flotilla.chaos.lab.storage;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.Map;
import java.util.Optional;

/// Who can use a volume, as the storage class parameter `scope` says.
enum Scope {
  /// Every node of the zone where it was made, like a cloud disk.
  ZONE("topology.kubernetes.io/zone", "zone"),
  /// The node where it was made, like a disk in the machine.
  NODE("kubernetes.io/hostname", "node");

  private final String label;
  private final String parameter;

  Scope(String label, String parameter) {
    this.label = label;
    this.parameter = parameter;
  }

  /// The scope that a class asks for; a zone if it says nothing.
  static Scope of(StorageClass storageClass) {
    Map<String, String> parameters = storageClass.getParameters();
    return parameters != null && NODE.parameter.equals(parameters.get("scope")) ? NODE : ZONE;
  }

  /// The node label that decides.
  String label() {
    return label;
  }

  /// Where on that node a volume belongs; empty if the node does not say.
  Optional<Place> placeOf(Node node) {
    return Optional.ofNullable(node.getMetadata().getLabels())
        .map(labels -> labels.get(label))
        .map(value -> new Place(this, value));
  }

  /// A zone or a node that has volumes.
  ///
  /// @param value of the scope's label
  record Place(Scope scope, String value) {

    /// The folder of all its volumes, relative to the folder of all volumes.
    String folder() {
      return scope.parameter + "-" + value;
    }
  }
}
