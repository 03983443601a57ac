package dev.flotilla.topology.model;

/// A failure domain: the value of a node's label `topology.kubernetes.io/zone`.
///
/// @param name 1 to 63 characters, as on the node
public record Zone(String name) implements Comparable<Zone> {

  public Zone {
    if (name.isBlank() || name.length() > 63) {
      throw new IllegalArgumentException("zone must have 1 to 63 characters");
    }
  }

  @Override
  public int compareTo(Zone other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
