package dev.flotilla.topology.model;

/// The name of a pool, unique within its cluster.
///
/// @param value a DNS label, 1 to 15 characters
public record PoolName(String value) implements Comparable<PoolName> {

  public PoolName {
    Names.requireLabel("pool name", value, 15);
  }

  @Override
  public int compareTo(PoolName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
